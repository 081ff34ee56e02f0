package dyno.engine.aggregation;

import dyno.engine.kernel.SplitMix64;

/// A cheap total of a result that does not depend on the order of its rows. Texts are left out: their numbers differ
/// from run to run.
final class Checksum {

    private Checksum() {}

    static long of(Result result) {
        long total = result.rows();
        for (var part : result.parts()) {
            for (int row = 0; row < part.size(); row++) {
                long mixed = SplitMix64.mix(part.day(row) ^ part.category(row));
                for (int column = 0; column < ResultRows.DECIMALS; column++) {
                    mixed = mixed * SplitMix64.GAMMA + part.decimal(row, column);
                }
                total += SplitMix64.mix(mixed);
            }
        }
        return total;
    }
}
