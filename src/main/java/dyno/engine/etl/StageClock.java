package dyno.engine.etl;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// CPU time of one thread by what it was spent on; nothing but a test of a constant where it is off.
///
/// A thread either marks the end of each piece of its work, or has pieces of single records timed by
/// [StageSamples],
/// where reading the clock would take longer than they do; it never does both. Either way its stages
/// together are
/// never more than what the thread itself took, which no clock on the wall exceeds.
///
/// A reading costs 0.2 to 0.5 µs (benchmark: `EtlStageClockBenchmark`), so that marks are set once a batch
/// and only in
/// a pass that is not scored. Used by one thread; others look at it after that thread's task.
final class StageClock {

    enum Stage {
        EXTRACT,
        HAND_OVER,
        COPY,
        TRANSFORM,
        LOAD
    }

    /// The JVM does not tell threads' CPU time.
    static final String NOT_SUPPORTED = "NOT_SUPPORTED";

    /// What was timed is shorter than the clock can tell.
    static final String CLOCK_TOO_COARSE = "CLOCK_TOO_COARSE";

    /// The work was done by virtual threads, whose CPU time the JVM does not tell.
    static final String VIRTUAL_THREADS = "VIRTUAL_THREADS";

    private final boolean isOn;
    private final LongSupplier cpuNanos;
    private final StageSamples samples;
    private final long[] nanos = new long[Stage.values().length];
    private final Map<Stage, String> unknown = new EnumMap<>(Stage.class);
    private long start;
    private long last;
    private long marked;
    private long elsewhere;
    private long total;

    /// @param cpuNanos CPU time of the calling thread, as [Time#cpuNanos] has it
    StageClock(boolean isOn, LongSupplier cpuNanos) {
        this.isOn = isOn;
        this.cpuNanos = cpuNanos;
        this.samples = new StageSamples(cpuNanos);
    }

    boolean isOn() {
        return isOn;
    }

    void start() {
        if (isOn) {
            start = cpuNanos.getAsLong();
            last = start;
        }
    }

    /// What was done since the last mark was of `stage`.
    void mark(Stage stage) {
        if (isOn) {
            long now = cpuNanos.getAsLong();
            nanos[slot(stage)] += now - last;
            marked += now - last;
            last = now;
        }
    }

    /// For a thread that marks nothing; only where the clock is on.
    StageSamples samples() {
        return samples;
    }

    /// Other platform threads did work of `stage` for this one.
    void addElsewhere(Stage stage, long cpuNanosOfOthers) {
        nanos[slot(stage)] += cpuNanosOfOthers;
        elsewhere += cpuNanosOfOthers;
    }

    /// Nobody can tell what `stage` took.
    void forget(Stage stage, String reason) {
        if (isOn) {
            unknown.put(stage, reason);
        }
    }

    void stop() {
        if (isOn) {
            long own = cpuNanos.getAsLong() - start;
            total = own + elsewhere;
            if (start < 0) {
                for (var stage : Stage.values()) {
                    unknown.put(stage, NOT_SUPPORTED);
                }
            } else {
                share(own - marked);
            }
        }
    }

    /// @param rest what the thread took beside its marks; samples are part of it
    private void share(long rest) {
        var shared = samples.share(rest - samples.readingNanos());
        for (var stage : samples.stages()) {
            if (shared.isEmpty()) {
                unknown.put(stage, CLOCK_TOO_COARSE);
            } else {
                nanos[slot(stage)] += shared.getOrDefault(stage, 0L);
            }
        }
    }

    /// What the thread's time was spent on.
    StageTimes times() {
        var known = new EnumMap<Stage, Long>(Stage.class);
        for (var stage : Stage.values()) {
            if (!unknown.containsKey(stage)) {
                known.put(stage, nanos[slot(stage)]);
            }
        }
        return new StageTimes(known, Map.copyOf(unknown), total);
    }

    /// Where a stage is counted; an array, since maps of boxed numbers cost too much in here.
    @SuppressWarnings("EnumOrdinal")
    static int slot(Stage stage) {
        return stage.ordinal();
    }
}
