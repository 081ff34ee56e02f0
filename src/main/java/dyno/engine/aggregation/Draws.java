package dyno.engine.aggregation;

import dyno.engine.kernel.SplitMix64;

/// The random numbers of generated input: a function of seed, stream and two indices, so that any row can be had
/// without the ones before it.
///
/// @param seed decides all of them
record Draws(long seed) {

    /// 64 random bits: `mix(mix(mix(seed + G·(s+1)) + G·(i+1)) + G·(j+1))`.
    long bits(int stream, long i, long j) {
        return SplitMix64.output(SplitMix64.output(SplitMix64.output(seed, stream + 1L), i + 1), j + 1);
    }

    /// A number of 0 … n - 1: the high half of the unsigned product of the bits and `n`.
    int below(int stream, long i, long j, int n) {
        return (int) Math.unsignedMultiplyHigh(bits(stream, i, j), n);
    }
}
