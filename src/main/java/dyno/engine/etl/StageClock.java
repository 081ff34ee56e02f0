package dyno.engine.etl;

import java.lang.management.ManagementFactory;

/// CPU time of one thread by what it was spent on; nothing but a test of a constant where it is off.
///
/// A reading costs 0.2 to 0.5 µs (benchmark: `EtlStageClockBenchmark`), so it is taken once a batch and only in a
/// pass
/// that is not scored. Used by one thread.
final class StageClock {

    enum Stage {
        EXTRACT,
        HAND_OVER,
        COPY,
        TRANSFORM,
        LOAD
    }

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final boolean isOn;
    private final long[] nanos = new long[Stage.values().length];
    private long start;
    private long last;
    private long total;

    StageClock(boolean isOn) {
        this.isOn = isOn;
    }

    boolean isOn() {
        return isOn;
    }

    void start() {
        if (isOn) {
            start = THREADS.getCurrentThreadCpuTime();
            last = start;
        }
    }

    /// What was done since the last mark was of `stage`.
    void mark(Stage stage) {
        if (isOn) {
            long now = THREADS.getCurrentThreadCpuTime();
            nanos[slot(stage)] += now - last;
            last = now;
        }
    }

    /// As [#mark], for one piece of `weight` alike ones.
    void sample(Stage stage, long weight) {
        if (isOn) {
            long now = THREADS.getCurrentThreadCpuTime();
            nanos[slot(stage)] += (now - last) * weight;
            last = now;
        }
    }

    /// Goes on from now; what was done since the last mark is of no stage.
    void skip() {
        if (isOn) {
            last = THREADS.getCurrentThreadCpuTime();
        }
    }

    void stop() {
        if (isOn) {
            total += THREADS.getCurrentThreadCpuTime() - start;
        }
    }

    /// CPU time that was of `stage`.
    long nanos(Stage stage) {
        return nanos[slot(stage)];
    }

    /// Where a stage is counted; an array, since maps of boxed numbers cost too much in here.
    @SuppressWarnings("EnumOrdinal")
    private static int slot(Stage stage) {
        return stage.ordinal();
    }

    /// CPU time of the thread between start and stop.
    long total() {
        return total;
    }
}
