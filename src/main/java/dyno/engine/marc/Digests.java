package dyno.engine.marc;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, as digests are shown.
final class Digests {

    /// A stretch of output.
    ///
    /// @param bytes  its length
    /// @param sha256 64 hex digits
    record Piece(long bytes, String sha256) {}

    private static final String PREFIX = "sha256:";

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    /// As it stands in JSON.
    static String labelled(byte[] digest) {
        return PREFIX + hex(digest);
    }
}
