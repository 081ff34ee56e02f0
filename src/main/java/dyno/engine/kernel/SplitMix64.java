package dyno.engine.kernel;

/// The SplitMix64 generator: a counter that goes up by [#GAMMA], and a finaliser that scatters it.
///
/// Stateless: the n-th output of the generator that started at `x` is `mix(x + n * GAMMA)`, n from 1.
///
/// @see <a href="https://prng.di.unimi.it/splitmix64.c">The reference by Sebastiano Vigna</a>
public final class SplitMix64 {

    /// The odd number next to 2^64 divided by the golden ratio.
    public static final long GAMMA = 0x9E3779B97F4A7C15L;

    /// First multiplier of [#mix].
    public static final long MULTIPLIER_1 = 0xBF58476D1CE4E5B9L;

    /// Second multiplier of [#mix].
    public static final long MULTIPLIER_2 = 0x94D049BB133111EBL;

    private SplitMix64() {}

    /// Scatters 64 bits; a bijection with `mix(0) == 0`.
    public static long mix(long value) {
        long z = value;
        z = (z ^ z >>> 30) * MULTIPLIER_1;
        z = (z ^ z >>> 27) * MULTIPLIER_2;
        return z ^ z >>> 31;
    }

    /// The `n`-th output, from 1, of the generator that started at `start`.
    public static long output(long start, long n) {
        return mix(start + n * GAMMA);
    }
}
