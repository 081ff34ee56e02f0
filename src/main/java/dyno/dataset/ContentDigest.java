package dyno.dataset;

import dyno.dataset.StoredDataset.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// SHA-256 of files and of datasets, as bare hex.
///
/// A dataset of one file has that file's. One of several has that of the lines `<hex> <name>` with two blanks between,
/// in the order of the names: what `sha256sum * | sha256sum` says.
final class ContentDigest {

    private static final int BUFFER_BYTES = 256 << 10;

    private ContentDigest() {}

    static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(Path file) throws IOException {
        var digest = start();
        var buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return hex(digest);
    }

    /// @param files in bytewise order of their names
    static String of(List<StoredFile> files) {
        if (files.size() == 1) {
            return files.getFirst().sha256();
        }
        var digest = start();
        for (var file : files) {
            digest.update("%s  %s\n".formatted(file.sha256(), file.name()).getBytes(StandardCharsets.UTF_8));
        }
        return hex(digest);
    }
}
