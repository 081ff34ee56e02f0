package dyno.job;

import dyno.job.Payload.Draft;
import dyno.result.ResultJacksonModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Ends of jobs that wait for the database, one file each: `<data>/spool/<job>-<attempt>.json`.
///
/// A file appears by a rename once it is on disk, so that one which is there is whole. Safe for any number of
/// threads as long as each has its own jobs.
final class Spool {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private static final String SUFFIX = ".json";

    private final Path folder;
    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new ResultJacksonModule())
            // Integers of untyped trees are `Long`, as everywhere in Dyno.
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    Spool(Path folder) {
        this.folder = folder;
    }

    /// What is stored when the database is back.
    ///
    /// @param unsaid events that were not written while the job ran
    record Spooled(Claim claim, JobEnd end, List<Draft> unsaid) {}

    /// Returns once it is on disk.
    void put(Spooled spooled) throws IOException {
        Files.createDirectories(folder);
        var file = file(spooled.claim());
        var staging = file.resolveSibling(file.getFileName() + ".new");
        try {
            write(staging, mapper.writeValueAsBytes(spooled));
            Files.move(staging, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            // There where the disk is full.
            Files.deleteIfExists(staging);
        }
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    void remove(Claim claim) throws IOException {
        Files.deleteIfExists(file(claim));
    }

    /// All that waits. A file that cannot be read, as another version may have written it, is put aside: its job is
    /// measured again.
    List<Spooled> all() throws IOException {
        Files.createDirectories(folder);
        var all = new ArrayList<Spooled>();
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (var file : files) {
                try {
                    all.add(mapper.readValue(Files.readAllBytes(file), Spooled.class));
                } catch (JacksonException e) {
                    LOG.error("{} cannot be read and is put aside", file, e);
                    Files.move(file, file.resolveSibling(file.getFileName() + ".unreadable"));
                }
            }
        }
        return all;
    }

    private Path file(Claim claim) {
        return folder.resolve(claim.job() + "-" + claim.attempt() + SUFFIX);
    }
}
