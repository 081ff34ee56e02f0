package dyno.engine.grouping;

/// Measurements grouped: probes in the order of their addresses, each with its rows in the order of time.
///
/// Not copied; valid until whoever made it makes the next.
///
/// @param columns the rows
/// @param order   row numbers, probe by probe
/// @param starts  where each probe's rows begin in `order`, and a last entry where they end
/// @param sources addresses of the probes
/// @param codes   number of each probe's address in `sources`
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Grouped(MeasurementColumns columns, int[] order, int[] starts, Addresses sources, int[] codes) {

    int probes() {
        return starts.length - 1;
    }

    int rows() {
        return starts[starts.length - 1];
    }
}
