package dyno.cli;

import dyno.engine.arrayrecord.ArrayRecordWriter;
import dyno.engine.arrayrecord.ChunkAppender;
import dyno.engine.arrayrecord.WriterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes an ArrayRecord file of one record for each file given.
@Command(
        name = "pack",
        description = {
            "Write an ArrayRecord file that has one record for each FILE, in the order given.",
            "Without FILE it has none. The result takes its name only when it is whole."
        })
final class ArrayRecordPackCommand implements Callable<Integer> {

    /// What an array can hold, which a record has to fit into with the rest of its chunk.
    private static final long MAX_RECORD_BYTES = Integer.MAX_VALUE - (1 << 16);

    @Parameters(index = "0", paramLabel = "OUT", description = "The file to write.")
    private Path out = Path.of("");

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "FILE", description = "The records.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--options",
            paramLabel = "TEXT",
            description = {
                "group_size:N and zstd:LEVEL or uncompressed, in Google's words,",
                "separated by commas (group_size:1,zstd:3)."
            })
    private String options = "";

    @Option(names = "--force", description = "Overwrite an existing file.")
    private boolean force;

    @Mixin
    private final OutputOption output = new OutputOption();

    private final Session session;

    ArrayRecordPackCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        var parsed = parseOptions();
        requireInput();
        requireTarget();
        var part = out.resolveSibling(
                "." + out.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            var written = write(part, parsed);
            Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
            report(written);
            return ExitCode.FINE;
        } catch (IOException e) {
            session.terminal().err().println("Packing failed: " + e);
            return ExitCode.JOB_FAILED;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private WriterOptions parseOptions() {
        try {
            return WriterOptions.parse(options);
        } catch (IllegalArgumentException e) {
            throw new UnusableArgumentException("--options: " + e.getMessage());
        }
    }

    private void requireInput() throws IOException {
        for (var file : files) {
            ArrayRecordCommand.requireFile(file);
            if (Files.size(file) > MAX_RECORD_BYTES) {
                throw new UnusableArgumentException(
                        "%s has more than the %d bytes of a record".formatted(file, MAX_RECORD_BYTES));
            }
        }
    }

    private void requireTarget() {
        var folder = out.toAbsolutePath().getParent();
        if (out.getFileName() == null || folder == null || !Files.isDirectory(folder)) {
            throw new UnusableArgumentException("%s is not in a folder".formatted(out));
        }
        if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isRegularFile(out)) {
                throw new UnusableArgumentException("%s exists and is not a file".formatted(out));
            }
            if (!force) {
                throw new UnusableArgumentException("%s exists; --force overwrites it".formatted(out));
            }
        }
    }

    private ChunkAppender.Written write(Path part, WriterOptions parsed) throws IOException {
        try (var writer = ArrayRecordWriter.create(part, parsed)) {
            for (var file : files) {
                writer.write(Files.readAllBytes(file));
            }
            return writer.finish();
        }
    }

    private void report(ChunkAppender.Written written) {
        if (output.isJson()) {
            session.terminal()
                    .out()
                    .println(Json.object()
                            .put("bytes", written.bytes())
                            .put("records", written.records())
                            .put("chunks", written.chunks())
                            .put("decodedBytes", written.decodedBytes())
                            .put("footerOffset", written.footerOffset()));
            return;
        }
        session.terminal()
                .err()
                .println("%d bytes, %d records in %d chunks, decoded %d bytes"
                        .formatted(written.bytes(), written.records(), written.chunks(), written.decodedBytes()));
    }
}
