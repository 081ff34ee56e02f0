package dyno.engine.grouping;

import dyno.engine.parquet.ColumnFacts.TimestampUnit;

/// Timestamps in microseconds, floored. Stateless.
final class MicroTime {

    private static final long NANOS_PER_MICRO = 1000;
    private static final long MICROS_PER_MILLI = 1000;
    private static final long MOST_MILLIS = Long.MAX_VALUE / MICROS_PER_MILLI;

    private MicroTime() {}

    /// Converts `values[from …]` to `out[to …]`.
    ///
    /// @return the index in `values` of the first that does not fit, -1 where all do
    static int convert(TimestampUnit unit, long[] values, int from, int count, long[] out, int to) {
        switch (unit) {
            case NANOS -> {
                for (int i = 0; i < count; i++) {
                    out[to + i] = Math.floorDiv(values[from + i], NANOS_PER_MICRO);
                }
            }
            case MICROS -> System.arraycopy(values, from, out, to, count);
            case MILLIS -> {
                for (int i = 0; i < count; i++) {
                    long millis = values[from + i];
                    if (millis > MOST_MILLIS || millis < -MOST_MILLIS) {
                        return from + i;
                    }
                    out[to + i] = millis * MICROS_PER_MILLI;
                }
            }
        }
        return -1;
    }
}
