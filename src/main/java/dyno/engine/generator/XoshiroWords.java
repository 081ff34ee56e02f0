package dyno.engine.generator;

import dyno.engine.kernel.SplitMix64;

/// Words of algorithm `XOSHIRO`: xoshiro256++.
///
/// @see <a href="https://prng.di.unimi.it/xoshiro256plusplus.c">The reference by David Blackman and Sebastiano
///      Vigna</a>
final class XoshiroWords extends OrderedWords {

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    @Override
    void start(long seed) {
        s0 = SplitMix64.output(seed, 1);
        s1 = SplitMix64.output(seed, 2);
        s2 = SplitMix64.output(seed, 3);
        s3 = SplitMix64.output(seed, 4);
    }

    @Override
    long draw() {
        long word = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return word;
    }

    @Override
    void drawToHeap(byte[] destination, int from, int words) {
        long a = s0;
        long b = s1;
        long c = s2;
        long d = s3;
        for (int i = 0; i < words; i++) {
            Bytes.WORD.set(destination, from + i * Long.BYTES, Long.rotateLeft(a + d, 23) + a);
            long t = b << 17;
            c ^= a;
            d ^= b;
            b ^= c;
            a ^= d;
            c ^= t;
            d = Long.rotateLeft(d, 45);
        }
        s0 = a;
        s1 = b;
        s2 = c;
        s3 = d;
    }

    @Override
    void drawToNative(long address, int words) {
        long at = address & NativeBytes.ADDRESS_MASK;
        long a = s0;
        long b = s1;
        long c = s2;
        long d = s3;
        for (int i = 0; i < words; i++) {
            NativeBytes.MEMORY.set(NativeBytes.WORD, at + (long) i * Long.BYTES, Long.rotateLeft(a + d, 23) + a);
            long t = b << 17;
            c ^= a;
            d ^= b;
            b ^= c;
            a ^= d;
            c ^= t;
            d = Long.rotateLeft(d, 45);
        }
        s0 = a;
        s1 = b;
        s2 = c;
        s3 = d;
    }
}
