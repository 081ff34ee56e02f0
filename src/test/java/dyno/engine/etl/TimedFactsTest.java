package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.EngineException;
import dyno.engine.TrialContext.Depth;
import dyno.engine.kernel.NanoTime;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What waits decide, and what has to be over soon: true on any machine that is not overloaded.
@Tag("long")
class TimedFactsTest {

    private static final long CANCELLED_AFTER_NANOS = 200_000_000;

    @TempDir
    private Path scratch;

    @Test
    void loadsAsFastAsWaitingLoadsAllow() throws Exception {
        assertThat(recordsPerSecond("records", 8_000, "batchSize", 100, "workers", 4, "loadWaitMicros", 50_000))
                .isBetween(7_200.0, 8_000.0);
    }

    @Test
    void waitsForNoMoreTransformsAtATimeThanItMay() throws Exception {
        assertThat(secondsOfTransforms(10)).isBetween(0.2, 0.35);
        assertThat(secondsOfTransforms(50)).isLessThan(0.12);
        assertThat(secondsOfTransforms(1)).isGreaterThanOrEqualTo(2);
    }

    private double secondsOfTransforms(int concurrency) throws Exception {
        return 200
                / recordsPerSecond(
                        "records",
                        200,
                        "batchSize",
                        100,
                        "workers",
                        1,
                        "transformWaitMicros",
                        10_000,
                        "transformConcurrency",
                        concurrency);
    }

    @Test
    void loadsAPartialBatchWhenItsOldestRecordIsOldEnough() throws Exception {
        var workload =
                Workloads.of("records", 10, "batchSize", 100, "batchTimeoutMillis", 100, "targetRatePerSecond", 20.0);
        try (var trial = Workloads.trial(scratch, workload)) {
            trial.invoke();
            trial.measuringStarts();
            trial.invoke();
            assertThat(trial.verify().differences()).isEmpty();
            var report = trial.report();
            assertThat((Long) report.metrics().get("batches")).isGreaterThan(1);
            var latency = (Map<?, ?>) report.details().get("recordLatencyMillis");
            assertThat((Double) latency.get("max")).isLessThanOrEqualTo(180);
        }
    }

    @Test
    void failsWithinASecondWhereEveryLoadFails() throws Exception {
        var workload = Workloads.of(
                "records", 10_000, "batchSize", 100, "queueCapacity", 800, "maxAttempts", 1, "failureMode", "ALWAYS");
        try (var trial = Workloads.trial(scratch, workload)) {
            long start = NanoTime.system().getAsLong();
            assertThatExceptionOfType(EngineException.class).isThrownBy(trial::invoke);
            assertThat(NanoTime.system().getAsLong() - start).isLessThan(1_000_000_000L);
        }
    }

    @Test
    void endsWithinASecondOfItsCancellationDuringAStall() throws Exception {
        var workload = Workloads.of("records", 10_000, "failureMode", "STALL", "failureRatio", 1.0);
        var clock = NanoTime.system();
        var firstAsked = new AtomicLong();
        var context = Workloads.context(scratch, Depth.FULL, () -> {
            firstAsked.compareAndSet(0, clock.getAsLong());
            return clock.getAsLong() - firstAsked.get() > CANCELLED_AFTER_NANOS;
        });
        try (var trial = new EtlEngine().prepare(workload, context)) {
            assertThatExceptionOfType(CancellationException.class).isThrownBy(trial::invoke);
        }
        assertThat(clock.getAsLong() - firstAsked.get()).isLessThan(CANCELLED_AFTER_NANOS + 1_000_000_000L);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith(Crew.NAME));
    }

    private double recordsPerSecond(Object... fields) throws Exception {
        try (var trial = Workloads.trial(scratch, Workloads.of(fields))) {
            trial.invoke();
            trial.measuringStarts();
            trial.invoke();
            assertThat(trial.verify().differences()).isEmpty();
            return (Double) trial.report().metrics().get("recordsPerSecond");
        }
    }
}
