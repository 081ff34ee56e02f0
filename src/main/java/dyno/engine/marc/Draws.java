package dyno.engine.marc;

/// The numbers that one generated record is made of; they depend on seed and index alone.
///
/// Used by one thread at a time.
final class Draws {

    static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /// Starts the numbers of a record.
    void restart(long seed, long index) {
        state = mix(seed + GOLDEN * (index + 1));
    }

    /// The next number, from 0 to `bound`, exclusive: the high half of a product, so that none is preferred.
    int below(int bound) {
        state += GOLDEN;
        return (int) Math.unsignedMultiplyHigh(mix(state), bound);
    }

    static long mix(long z) {
        long x = z ^ (z >>> 30);
        x *= 0xBF58476D1CE4E5B9L;
        x ^= x >>> 27;
        x *= 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
