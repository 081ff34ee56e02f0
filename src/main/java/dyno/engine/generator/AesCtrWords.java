package dyno.engine.generator;

import dyno.engine.kernel.SplitMix64;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Words of algorithm `AES_CTR`: the keystream of AES-128 in counter mode.
///
/// ```text
/// key   LE(key) ‖ LE(mix(key + GAMMA))                16 bytes
/// IV    8 zero bytes ‖ BE(content offset / 16)        16 bytes
/// ```
///
/// @see <a href="https://csrc.nist.gov/pubs/sp/800/38/a/final">NIST SP 800-38A, section 6.5</a>
final class AesCtrWords implements RandomWords {

    private static final int BLOCK_BYTES = 16;

    /// What is encrypted. Kept to half of a usual first-level cache, since every byte of it is read.
    private static final byte[] ZEROS = new byte[1 << 14];

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final ByteBuffer iv = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.BIG_ENDIAN);
    private final byte[] copied = new byte[ZEROS.length];

    AesCtrWords(long key) {
        var bytes = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(key).putLong(SplitMix64.mix(key + SplitMix64.GAMMA));
        this.key = new SecretKeySpec(bytes.array(), "AES");
        try {
            this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES/CTR/NoPadding", e);
        }
    }

    @Override
    public void toHeap(byte[] destination, int from, int length, Run run) {
        seek(run.contentOffset);
        for (int done = 0; done < length; done += ZEROS.length) {
            encrypt(Math.min(ZEROS.length, length - done), destination, from + done);
        }
    }

    @Override
    public void toNative(long address, int length, Run run) {
        seek(run.contentOffset);
        for (int done = 0; done < length; done += ZEROS.length) {
            int count = Math.min(ZEROS.length, length - done);
            encrypt(count, copied, 0);
            NativeBytes.copy(copied, 0, address + done, count);
        }
    }

    private void seek(long contentOffset) {
        iv.putLong(0, 0).putLong(Long.BYTES, contentOffset / BLOCK_BYTES);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv.array()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-128 takes a key and an IV of 16 bytes", e);
        }
        int before = (int) (contentOffset % BLOCK_BYTES);
        if (before > 0) {
            encrypt(before, copied, 0);
        }
    }

    private void encrypt(int count, byte[] destination, int from) {
        try {
            cipher.update(ZEROS, 0, count, destination, from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stream cipher gives as many bytes as it takes", e);
        }
    }
}
