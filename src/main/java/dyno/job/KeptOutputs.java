package dyno.job;

import dyno.job.OldestFirst.Folder;
import dyno.result.CaseResult.Artifact;
import dyno.result.KeptFiles;
import dyno.web.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Takes files that engines were told to keep to where [KeptFiles] says.
///
/// Neither a failure nor a cancellation nor the next start removes them: only their age does, their size,
/// and that their run is gone. Stateless.
final class KeptOutputs {

    private static final int READ_BYTES = 1 << 16;

    private KeptOutputs() {}

    /// Moves what a fork kept to where it stays, and says what it is.
    ///
    /// @param kept    folder of the fork's; there may be none
    /// @param outputs folder of all kept outputs
    static List<Artifact> take(Path kept, Path outputs, UUID job, String caseName) {
        if (!Files.isDirectory(kept)) {
            return List.of();
        }
        var target = KeptFiles.of(outputs, job, caseName);
        try (var found = Files.list(kept)) {
            Files.createDirectories(target);
            var artifacts = new ArrayList<Artifact>();
            for (var file : found.filter(Files::isRegularFile).sorted().toList()) {
                var name = String.valueOf(file.getFileName());
                var moved = Files.move(file, target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                artifacts.add(new Artifact(name, Files.size(moved), sha256(moved)));
            }
            return List.copyOf(artifacts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes the outputs of jobs that were kept before `oldest`.
    static void sweep(Path outputs, Instant oldest) throws IOException {
        if (!Files.isDirectory(outputs)) {
            return;
        }
        try (var jobs = Files.newDirectoryStream(outputs)) {
            for (var job : jobs) {
                if (Files.getLastModifiedTime(job).toInstant().isBefore(oldest)) {
                    Scratch.delete(job);
                }
            }
        }
    }

    /// Removes the outputs of the oldest jobs where all together take too much. To be called while no job
    /// runs here.
    static void bound(Path outputs, long maxBytes) throws IOException {
        if (!Files.isDirectory(outputs)) {
            return;
        }
        var jobs = new ArrayList<Folder>();
        try (var folders = Files.newDirectoryStream(outputs)) {
            for (var folder : folders) {
                jobs.add(Folder.of(folder, Files.getLastModifiedTime(folder).toInstant()));
            }
        }
        OldestFirst.bound(jobs, maxBytes);
    }

    /// The jobs that have outputs here.
    static List<UUID> jobs(Path outputs) throws IOException {
        if (!Files.isDirectory(outputs)) {
            return List.of();
        }
        try (var folders = Files.list(outputs)) {
            return folders.map(folder -> Ids.parse(String.valueOf(folder.getFileName())))
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    static void remove(Path outputs, UUID job) throws IOException {
        Scratch.delete(outputs.resolve(job.toString()));
    }

    private static String sha256(Path file) throws IOException {
        var sha = sha256();
        byte[] buffer = new byte[READ_BYTES];
        try (var in = Files.newInputStream(file)) {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                sha.update(buffer, 0, got);
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
