package dyno.engine.aggregation;

/// Days since 1970 that count, both ends included.
record DayRange(long first, long last) {

    static final long DAY_MICROS = 86_400_000_000L;

    static final DayRange ALL = new DayRange(Long.MIN_VALUE, Long.MAX_VALUE);

    static DayRange of(AggregationWorkload workload) {
        var period = workload.period();
        return period == null ? ALL : new DayRange(period.firstDay(), period.lastDay());
    }

    boolean contains(long day) {
        return day >= first && day <= last;
    }

    static int day(long startMicros) {
        // Microseconds of 64 bits reach to the year 294,247: fewer than 2^27 days.
        return (int) Math.floorDiv(startMicros, DAY_MICROS);
    }
}
