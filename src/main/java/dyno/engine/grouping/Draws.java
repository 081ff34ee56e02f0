package dyno.engine.grouping;

/// The pseudo-random functions of generated measurements: hashes by stream and index, and permutations. Stateless.
final class Draws {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final int ROUNDS = 4;

    private Draws() {}

    static long mix(long value) {
        long x = value;
        x ^= x >>> 30;
        x *= 0xbf58476d1ce4e5b9L;
        x ^= x >>> 27;
        x *= 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }

    /// Key of a stream: `mix(seed + G·(stream + 1))`.
    static long key(long seed, int stream) {
        return mix(seed + GOLDEN * (stream + 1));
    }

    /// The hash of an index in the stream of `key`.
    static long hash(long key, long index) {
        return mix(key + GOLDEN * (index + 1));
    }

    /// A permutation of 0 … n − 1 by a Feistel network over the next even number of bits, walked until it is inside.
    ///
    /// Immutable.
    static final class Permutation {

        private final long n;
        private final int bits;
        private final long mask;
        private final long[] roundKeys = new long[ROUNDS];

        Permutation(long n, long seed, int stream) {
            this.n = n;
            int length = Long.SIZE - Long.numberOfLeadingZeros(n - 1);
            this.bits = Math.max(1, (length + 1) / 2);
            this.mask = (1L << bits) - 1;
            long key = key(seed, stream);
            for (int r = 0; r < ROUNDS; r++) {
                roundKeys[r] = hash(key, r);
            }
        }

        long of(long index) {
            if (n == 1) {
                return 0;
            }
            long x = index;
            do {
                long left = x >>> bits;
                long right = x & mask;
                for (long roundKey : roundKeys) {
                    long next = left ^ ((mix(roundKey ^ right) >>> 32) & mask);
                    left = right;
                    right = next;
                }
                x = (left << bits) | right;
            } while (x >= n);
            return x;
        }
    }
}
