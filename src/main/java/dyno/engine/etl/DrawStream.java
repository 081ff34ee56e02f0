package dyno.engine.etl;

import dyno.engine.kernel.SplitMix64;

/// The random numbers of records: any draw of any record by itself, without a state that threads would share.
///
/// Immutable; safe for any number of threads. What a record's draws start from is [#start]; the draws themselves are
/// [SplitMix64#output] of it.
///
/// @param seed decides all of them
record DrawStream(long seed) {

    /// Decides whether a record is poison.
    static final int POISON_DRAW = 1000;

    /// Decides whether a batch that begins with the record is struck.
    static final int BATCH_DRAW = 1001;

    private static final double UNIT = 0x1p-53;

    long start(long id) {
        return SplitMix64.mix(seed + SplitMix64.mix(id * SplitMix64.GAMMA));
    }

    /// Draw `k`, from 1, of the record that starts at `start`.
    static long draw(long start, int k) {
        return SplitMix64.output(start, k);
    }

    /// Draw `k` as an integer from `from` up to, not including, `below`.
    static int integer(long start, int k, int from, int below) {
        return from + (int) Math.unsignedMultiplyHigh(SplitMix64.output(start, k), below - from);
    }

    static boolean coin(long start, int k) {
        return SplitMix64.output(start, k) < 0;
    }

    /// Draw `k` in [0, 1).
    static double unit(long start, int k) {
        return (SplitMix64.output(start, k) >>> 11) * UNIT;
    }
}
