package dyno;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether the data folder, and the JVM's temporary one, can be used.
final class FolderCheck {

    /// The reserve that is never lent (1 GiB), and room for the larger generated inputs.
    private static final long ENOUGH_BYTES = 10L << 30;

    private static final long LEAST_BYTES = 1L << 30;

    private FolderCheck() {}

    static List<Finding> of(Path data) {
        var findings = new ArrayList<Finding>();
        findings.add(writable(
                "data", data, "make %s writable for this user, or choose another with --data".formatted(data)));
        findings.add(writable(
                "temp",
                Path.of(System.getProperty("java.io.tmpdir")),
                "set -Djava.io.tmpdir to a folder that is writable"));
        findings.add(room(existing(data)));
        return findings;
    }

    private static Finding writable(String subject, Path folder, String remedy) {
        var there = existing(folder);
        try {
            Files.delete(Files.createTempFile(there, "dyno-doctor", ".tmp"));
            return Finding.fine(
                    subject, folder.toAbsolutePath().normalize() + (there.equals(folder) ? "" : ", to be made"));
        } catch (IOException e) {
            return Finding.broken(subject, "%s cannot be written to: %s".formatted(there, e), remedy);
        }
    }

    private static Finding room(Path there) {
        try {
            return room(Files.getFileStore(there).getUsableSpace());
        } catch (IOException e) {
            return Finding.attention(
                    "disk", "nobody knows how much is free: " + e, "look at the file system of " + there);
        }
    }

    /// @param bytes that are free
    static Finding room(long bytes) {
        var fact = "%.1f GiB free, of which 1 GiB is never lent to jobs".formatted(bytes / (double) (1 << 30));
        if (bytes <= LEAST_BYTES) {
            return Finding.broken("disk", fact, "free some, or choose a data folder on another disk with --data");
        }
        return bytes >= ENOUGH_BYTES
                ? Finding.fine("disk", fact)
                : Finding.attention("disk", fact, "suites with large inputs will skip jobs; free 10 GiB or more");
    }

    /// The folder, or the nearest above it that is there.
    private static Path existing(Path folder) {
        @Nullable Path there = folder.toAbsolutePath().normalize();
        while (there != null && !Files.isDirectory(there)) {
            there = there.getParent();
        }
        return there == null || there.equals(folder.toAbsolutePath().normalize()) ? folder : there;
    }
}
