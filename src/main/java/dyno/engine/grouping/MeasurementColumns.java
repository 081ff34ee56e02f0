package dyno.engine.grouping;

import org.jspecify.annotations.Nullable;

/// Measurements as columns: element `row` of each array is the same measurement's. Not copied; the arrays may be
/// longer than there are rows.
///
/// @param timeMicros microseconds since 1970, floored
/// @param dst        number of the destination in `addresses`; -1 is null
/// @param addresses  the destinations
/// @param ipVersion  anything where null
/// @param rtt        milliseconds; -1 where the measurement failed; anything where null
/// @param noVersion  which `ipVersion` are null; itself null where none is
/// @param noRtt      which `rtt` are null; itself null where none is
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record MeasurementColumns(
        long[] timeMicros,
        int[] dst,
        Addresses addresses,
        byte[] ipVersion,
        float[] rtt,
        boolean @Nullable [] noVersion,
        boolean @Nullable [] noRtt) {

    static final int NO_ADDRESS = -1;
}
