package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.TrialContext.Depth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EtlFaultsTest {

    @TempDir
    private Path scratch;

    @Test
    void endsWhereEveryLoadFails() throws Exception {
        var workload = Workloads.of(
                "records", 10_000, "batchSize", 100, "queueCapacity", 800, "maxAttempts", 1, "failureMode", "ALWAYS");

        try (var trial = Workloads.trial(scratch, workload)) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(trial::invoke)
                    .withMessageMatching(
                            "Batch \\d+ of pipeline 0 \\(ids \\d+ to \\d+\\) could not be loaded in attempt"
                                    + " 1: injected failure of every load")
                    .satisfies(e -> {
                        assertThat(e.code()).isEqualTo(FailureCode.ENGINE_ERROR);
                        assertThat(e.details()).containsKeys("batch", "firstId", "lastId", "attempt", "cause");
                        assertThat(e.details().get("hooks"))
                                .isEqualTo(Map.of("preProcess", 1, "postProcess", 0, "onFailure", 1));
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BATCH", "RECORD"})
    void makesPoisonRecordsDeadLetters(String handOver) throws Exception {
        var workload = Workloads.of(
                "records",
                10_000,
                "handOver",
                handOver,
                "failureMode",
                "POISON",
                "failureRatio",
                0.01,
                "onError",
                "DEAD_LETTER");

        try (var trial = Workloads.trial(scratch, workload)) {
            trial.reset();
            assertThat(trial.invoke().items()).isEqualTo(9_906);
            assertThat(trial.verify().differences()).isEmpty();
            var report = trial.report();
            assertThat(report.metrics()).containsEntry("deadLettered", 94L).containsEntry("loaded", 9_906L);
            var ids = (List<?>) report.details().get("deadLetterIds");
            assertThat(ids).hasSize(20);
            assertThat(ids.subList(0, 3)).isEqualTo(List.of(7L, 135L, 159L));
            var letters = Files.readAllLines(scratch.resolve("dead-letters.jsonl"));
            assertThat(letters)
                    .filteredOn(letter -> letter.startsWith("{\"id\":7,\"batch\":"))
                    .first()
                    .asString()
                    .contains("\"error\":\"record 7 is poison\",\"record\":{\"id\":7,\"username\":\"u7\"");
        }
    }

    @Test
    void retriesTransientFailures() throws Exception {
        var workload = Workloads.of(
                "records",
                10_000,
                "batchSize",
                100,
                "failureMode",
                "TRANSIENT",
                "failureRatio",
                0.1,
                "failureAttempts",
                2,
                "backoffMillis",
                1);

        var counters = counters(workload);

        assertThat(counters.retries()).isEqualTo(26);
        assertThat(counters.failedAttempts()).isEqualTo(26);
        assertThat(counters.loaded()).isEqualTo(10_000);
    }

    @Test
    void interruptsLoadsThatStall() throws Exception {
        var workload = Workloads.of(
                "records",
                2_000,
                "batchSize",
                100,
                "failureMode",
                "STALL",
                "failureRatio",
                0.1,
                "loadTimeoutMillis",
                20,
                "backoffMillis",
                0);

        var counters = counters(workload);

        assertThat(counters.loaded()).isEqualTo(2_000);
        assertThat(counters.retries()).isPositive();
    }

    @Test
    void leavesNoThreadWhenCancelledDuringAStall() throws Exception {
        var workload = Workloads.of("records", 10_000, "failureMode", "STALL", "failureRatio", 1.0);
        var asked = new AtomicInteger();
        var context = Workloads.context(scratch, Depth.FULL, () -> asked.incrementAndGet() > 5);

        try (var trial = new EtlEngine().prepare(workload, context)) {
            assertThatExceptionOfType(CancellationException.class).isThrownBy(trial::invoke);
        }

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith(Crew.NAME));
    }

    @Test
    void goesOnWhereOnlyASiblingFails() throws Exception {
        var workload = Workloads.of(
                "records",
                1_000,
                "pipelines",
                3,
                "pipelineFailure",
                "FINISH_SIBLINGS",
                "failureMode",
                "POISON",
                "failureRatio",
                0.0005,
                "maxAttempts",
                1);

        try (var trial = Workloads.trial(scratch, workload)) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(trial::invoke)
                    .satisfies(e -> assertThat((Long) e.details().get("loaded")).isGreaterThan(999));
        }
    }

    @Test
    void endsWhenThereAreTooManyDeadLetters() throws Exception {
        var workload = Workloads.of(
                "records",
                10_000,
                "failureMode",
                "POISON",
                "failureRatio",
                0.01,
                "onError",
                "DEAD_LETTER",
                "deadLetterLimit",
                10);

        try (var trial = Workloads.trial(scratch, workload)) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(trial::invoke)
                    .withMessageContaining("more than 10 dead letters");
        }
    }

    @Test
    void loadsWhatIsLeftAfterARunThatFailed() throws Exception {
        var workload =
                Workloads.of("records", 10_000, "failureMode", "TRANSIENT", "failureRatio", 0.1, "maxAttempts", 1);

        try (var trial = Workloads.trial(scratch, workload)) {
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(EngineException.class).isThrownBy(trial::invoke);
            }
        }
    }

    @Test
    void loadsPartialBatchesByAgeUnderOpenLoad() throws Exception {
        var workload =
                Workloads.of("records", 10, "batchSize", 100, "batchTimeoutMillis", 100, "targetRatePerSecond", 40.0);

        try (var trial = Workloads.trial(scratch, workload)) {
            trial.measuringStarts();
            assertThat(trial.invoke().items()).isEqualTo(10);
            assertThat(trial.verify().differences()).isEmpty();
            var report = trial.report();
            assertThat((Long) report.metrics().get("batches")).isGreaterThan(1);
            assertThat(report.metrics()).containsKey("achievedRatePerSecond");
            assertThat(report.details().get("recordLatencyMillis")).asString().contains("max");
        }
    }

    @Test
    void waitsSideBySideInTransforms() throws Exception {
        var workload = Workloads.of(
                "records",
                100,
                "batchSize",
                100,
                "workers",
                1,
                "transformWaitMicros",
                1_000,
                "transformConcurrency",
                10);

        assertThat(counters(workload).inFlight()).isEqualTo(10);
    }

    @Test
    void keepsTraceOfAdaptiveBatches() throws Exception {
        var workload = Workloads.of(
                "records",
                20_000,
                "batchSize",
                100,
                "maxBatchSize",
                200,
                "adaptiveBatching",
                "RATIO",
                "adaptiveTargetPerSecond",
                1_000_000_000,
                "adaptWindowMillis",
                10,
                "loadWaitMicros",
                2_000);

        try (var trial = Workloads.trial(scratch, workload)) {
            trial.measuringStarts();
            trial.invoke();
            assertThat(trial.verify().differences()).isEmpty();
            assertObeys(new RatioRule(1_000_000_000, 1, 200), 100, (List<?>)
                    trial.report().details().get("adaptiveTrace"));
        }
    }

    /// Each decision is what the rule says of the one before and of the rate that is told with it.
    private static void assertObeys(AdaptiveSizer.Rule rule, int first, List<?> trace) {
        assertThat(trace).isNotEmpty();
        int size = first;
        long window = 0;
        for (var entry : trace) {
            double rate = (Double) ((Map<?, ?>) entry).get("rate");
            int next = rule.next(size, rate);
            assertThat(entry).isEqualTo(new AdaptiveSizer.Decision(window, rate, size, next).tree());
            size = next;
            window++;
        }
        assertThat(size).isGreaterThan(first);
    }

    private PipelineResult.Counters counters(EtlWorkload workload) throws Exception {
        var outside = new Assembly.Outside(
                FaultySink.around(new CountSink(workload), workload),
                null,
                letter -> {},
                new Latencies(),
                Time.system(),
                2,
                false,
                Long.MAX_VALUE);
        try (var fleet = new Fleet(workload, outside, () -> false)) {
            return fleet.run().counters();
        }
    }
}
