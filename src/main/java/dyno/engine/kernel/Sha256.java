package dyno.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 in progress. Used by one thread at a time.
public final class Sha256 {

    private final MessageDigest digest;

    public Sha256() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    public Sha256 update(byte[] bytes, int from, int length) {
        digest.update(bytes, from, length);
        return this;
    }

    /// @param segment at most 2^31 - 1 bytes, in or outside the heap
    public Sha256 update(MemorySegment segment) {
        digest.update(segment.asByteBuffer());
        return this;
    }

    /// 64 lower-case hex digits; starts anew afterwards.
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /// As digests stand in results: `sha256:` and the hex digits; starts anew afterwards.
    public String prefixed() {
        return "sha256:" + hex();
    }
}
