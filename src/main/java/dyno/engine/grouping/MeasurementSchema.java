package dyno.engine.grouping;

import dyno.engine.parquet.ColumnFacts;
import dyno.engine.parquet.ColumnFacts.Physical;
import dyno.engine.parquet.ColumnFacts.TimestampUnit;
import dyno.engine.parquet.ParquetInput;
import java.util.Set;
import java.util.function.Predicate;

/// Where a file has the five columns that are read, and in what form.
///
/// @param unit of `event_time`
/// @param rtt  `rtt`, or `rtt_avg` where there is no `rtt`
record MeasurementSchema(TimestampUnit unit, String rtt) {

    static final String TIME = "event_time";
    static final String SOURCE = "src_addr";
    static final String DESTINATION = "dst_addr";
    static final String VERSION = "ip_version";
    private static final String RTT = "rtt";
    private static final String RTT_AVERAGE = "rtt_avg";

    private static final Set<Physical> STRINGS = Set.of(Physical.BYTE_ARRAY);
    private static final Set<Physical> INTEGERS = Set.of(Physical.INT32, Physical.INT64);
    private static final Set<Physical> REALS = Set.of(Physical.FLOAT, Physical.DOUBLE);

    /// @throws UnfitColumnException where one is missing or of a type that is not accepted
    static MeasurementSchema of(ParquetInput file) {
        var time =
                require(file, TIME, "int64 TIMESTAMP of MILLIS, MICROS or NANOS", facts -> facts.timestamp() != null);
        require(file, SOURCE, "a string", facts -> STRINGS.contains(facts.physical()));
        require(file, DESTINATION, "a string", facts -> STRINGS.contains(facts.physical()));
        require(file, VERSION, "an integer", facts -> INTEGERS.contains(facts.physical()) && isPlainInteger(facts));
        var rtt = file.find(RTT).isPresent() || file.find(RTT_AVERAGE).isEmpty() ? RTT : RTT_AVERAGE;
        require(file, rtt, "double or float", facts -> REALS.contains(facts.physical()));
        var unit = time.timestamp();
        if (unit == null) {
            throw new IllegalStateException("A timestamp was required");
        }
        return new MeasurementSchema(unit, rtt);
    }

    /// Integers may carry `INTEGER(16,true)`, but not be dates, times or decimals.
    private static boolean isPlainInteger(ColumnFacts facts) {
        var logical = facts.logical();
        return logical == null || logical.startsWith("INTEGER(");
    }

    private static ColumnFacts require(
            ParquetInput file, String column, String accepted, Predicate<ColumnFacts> isAccepted) {
        var facts = file.find(column)
                .orElseThrow(() -> new UnfitColumnException(
                        file.name(), column, "Column %s is missing; it has to be %s".formatted(column, accepted)));
        if (!facts.isFlat() || !isAccepted.test(facts)) {
            throw new UnfitColumnException(
                    file.name(),
                    column,
                    "Column %s is %s%s; it has to be %s"
                            .formatted(column, facts.isFlat() ? "" : "nested ", facts.type(), accepted));
        }
        return facts;
    }
}
