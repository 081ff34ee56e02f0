package dyno.engine.grouping;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Numbers of probes: the first fifteen hex digits of the MD5 of the address, as a number. Used by one thread at a
/// time.
final class SourceId {

    private static final int MD5_BYTES = 16;
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final MessageDigest md5;
    private final byte[] digest = new byte[MD5_BYTES];

    SourceId() {
        try {
            this.md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }

    /// @return 0 to 2^60 - 1
    long of(byte[] bytes, int from, int length) {
        md5.update(bytes, from, length);
        try {
            md5.digest(digest, 0, MD5_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("An MD5 has 16 bytes", e);
        }
        return (long) BIG_ENDIAN.get(digest, 0) >>> 4;
    }
}
