package dyno.engine.generator;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Words of algorithm `JDK_RANDOM`: the JDK's `L64X128MixRandom`, whose `nextBytes` is what people call.
final class JdkRandomWords extends OrderedWords {

    /// Native destinations are reached through an array; a quarter of a usual second-level cache.
    private static final int COPY_WORDS = 1 << 14;

    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private RandomGenerator generator = FACTORY.create(0);
    private byte[] whole = new byte[0];

    @Override
    void start(long seed) {
        generator = FACTORY.create(seed);
    }

    @Override
    long draw() {
        return generator.nextLong();
    }

    @Override
    void drawToHeap(byte[] destination, int from, int words) {
        var words64 = generator;
        for (int i = 0; i < words; i++) {
            Bytes.WORD.set(destination, from + i * Long.BYTES, words64.nextLong());
        }
    }

    @Override
    void drawToNative(long address, int words) {
        if (whole.length == 0) {
            whole = new byte[COPY_WORDS * Long.BYTES];
        }
        for (int done = 0; done < words; done += COPY_WORDS) {
            int count = Math.min(COPY_WORDS, words - done);
            drawToHeap(whole, 0, count);
            NativeBytes.copy(whole, 0, address + (long) done * Long.BYTES, count * Long.BYTES);
        }
    }
}
