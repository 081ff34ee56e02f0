package dyno.engine.generator;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/// Bytes of the operating system's non-blocking generator, as `os.urandom` gives them. Not reproducible.
final class SecureRandomWords implements RandomWords {

    private static final int COPY_BYTES = 1 << 16;

    private final SecureRandom random = systemRandom();
    private final byte[] drawn = new byte[COPY_BYTES];

    @Override
    public void toHeap(byte[] destination, int from, int length, Run run) {
        for (int done = 0; done < length; done += COPY_BYTES) {
            random.nextBytes(drawn);
            System.arraycopy(drawn, 0, destination, from + done, Math.min(COPY_BYTES, length - done));
        }
    }

    @Override
    public void toNative(long address, int length, Run run) {
        for (int done = 0; done < length; done += COPY_BYTES) {
            random.nextBytes(drawn);
            NativeBytes.copy(drawn, 0, address + done, Math.min(COPY_BYTES, length - done));
        }
    }

    private static SecureRandom systemRandom() {
        try {
            return SecureRandom.getInstance("NativePRNGNonBlocking");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Algorithm SECURE_RANDOM needs /dev/urandom", e);
        }
    }
}
