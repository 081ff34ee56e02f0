package dyno.engine.generator;

import dyno.engine.kernel.SplitMix64;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// One random word at a time, as plainly as the definitions stand. Used by one thread at a time.
interface ReferenceWords {

    /// @param contentOffset where the word begins in the content
    /// @param blockSeed     seed of the generator block it lies in
    /// @param word          random words of that block before it
    long word(long contentOffset, long blockSeed, long word);

    static ReferenceWords of(Content content) {
        long key = content.key();
        return switch (content.algorithm()) {
            case COUNTER -> (offset, seed, word) -> SplitMix64.mix(key + (offset / 8 + 1) * SplitMix64.GAMMA);
            case XOSHIRO -> new Xoshiro();
            case JDK_RANDOM -> new JdkRandom();
            case AES_CTR -> new Aes(key);
            case ZERO -> (offset, seed, word) -> 0;
            case SECURE_RANDOM -> throw new IllegalArgumentException("SECURE_RANDOM has no reference");
        };
    }

    /// Restarts the block unless the next word is the one wanted.
    abstract class Ordered implements ReferenceWords {

        private boolean started;
        private long seed;
        private long next;

        abstract void start(long blockSeed);

        abstract long draw();

        @Override
        public final long word(long contentOffset, long blockSeed, long word) {
            if (!started || seed != blockSeed || word < next) {
                start(blockSeed);
                started = true;
                seed = blockSeed;
                next = 0;
            }
            while (next < word) {
                draw();
                next++;
            }
            next++;
            return draw();
        }
    }

    /// xoshiro256++ with its state in an array, as the reference has it.
    final class Xoshiro extends Ordered {

        private final long[] s = new long[4];

        @Override
        void start(long blockSeed) {
            for (int i = 0; i < s.length; i++) {
                s[i] = SplitMix64.mix(blockSeed + (i + 1) * SplitMix64.GAMMA);
            }
        }

        @Override
        long draw() {
            long result = Long.rotateLeft(s[0] + s[3], 23) + s[0];
            long t = s[1] << 17;
            s[2] ^= s[0];
            s[3] ^= s[1];
            s[1] ^= s[2];
            s[0] ^= s[3];
            s[2] ^= t;
            s[3] = Long.rotateLeft(s[3], 45);
            return result;
        }
    }

    /// The JDK's own generator, through `nextBytes`.
    final class JdkRandom extends Ordered {

        private final ByteBuffer word = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        private RandomGenerator generator = RandomGenerator.of("L64X128MixRandom");

        @Override
        void start(long blockSeed) {
            generator = RandomGeneratorFactory.of("L64X128MixRandom").create(blockSeed);
        }

        @Override
        long draw() {
            generator.nextBytes(word.array());
            return word.getLong(0);
        }
    }

    /// Counter mode by hand: the counter block encrypted by itself.
    final class Aes implements ReferenceWords {

        private final Cipher cipher;
        private final ByteBuffer counter = ByteBuffer.allocate(16).order(ByteOrder.BIG_ENDIAN);
        private final ByteBuffer stream = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        private long block = -1;

        Aes(long key) {
            byte[] bytes = ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(key)
                    .putLong(SplitMix64.mix(key + SplitMix64.GAMMA))
                    .array();
            try {
                cipher = Cipher.getInstance("AES/ECB/NoPadding");
                cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(bytes, "AES"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every JDK has AES/ECB/NoPadding", e);
            }
        }

        @Override
        public long word(long contentOffset, long blockSeed, long word) {
            if (contentOffset / 16 != block) {
                block = contentOffset / 16;
                counter.putLong(8, block);
                try {
                    cipher.doFinal(counter.array(), 0, 16, stream.array(), 0);
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException("One block in, one block out", e);
                }
            }
            return stream.getLong((int) (contentOffset % 16));
        }
    }
}
