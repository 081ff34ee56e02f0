package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Phase;
import dyno.engine.Phase.Clock;
import dyno.engine.TrialContext.Depth;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EtlTrialTest {

    private static final String T2_1000 = "sha256:c69b43ed4e711c095d5ccb86663011f6d17bc3fbc0ec04fc3a98bda44fae19f9";
    private static final String T2_5000 = "sha256:6e0fa51961bfaf47db4bb9fd2a4eee03ad7cae64e03443eae6e37dab2a9017d8";
    private static final String T1_1000 = "sha256:fca00c53aeb0ddb6ee03855803136093dd772c4c05d3b95a41fb5ff64dac96cc";
    private static final String T3_1000 = "sha256:0c45c6d67a5d9cbd8f4c6ce3bc97dc5b3f803c9854900dc70fc0664f4b945e15";

    @TempDir
    private Path scratch;

    /// What one trial told.
    private record Told(Verification verification, TrialReport report) {

        Object metric(String name) {
            return report.metrics().get(name);
        }
    }

    /// All checks: of objects it takes a second, since what they retain is weighed by collecting garbage.
    private Told passing(Object... fields) throws Exception {
        return passing(Depth.FULL, fields);
    }

    /// Without another way's digest, and with records weighed by copying them.
    private Told passingQuickly(Object... fields) throws Exception {
        return passing(Depth.SHORT, fields);
    }

    private Told passing(Depth depth, Object... fields) throws Exception {
        try (var trial = new EtlEngine().prepare(Workloads.of(fields), Workloads.context(scratch, depth))) {
            trial.measuringStarts();
            trial.reset();
            trial.invoke();
            var verification = trial.verify();
            assertThat(verification.differences()).isEmpty();
            return new Told(verification, trial.report());
        }
    }

    @Test
    void publishesTheDigestOfFiveThousandRecords() throws Exception {
        var told = passing("profile", "LEVEL_3");

        assertThat(told.verification().digest()).isEqualTo(T2_5000);
        assertThat(told.metric("loadSum")).isEqualTo("69e88f33fb5095df");
        assertThat(told.metric("loadXor")).isEqualTo("6b6d8b13e58cfebb");
        assertThat(told.metric("generationBlocks")).isEqualTo(100L);
        assertThat(told.verification().checks())
                .extracting(Verification.Check::name)
                .contains(
                        "exactlyOnce",
                        "digestMatchesReference",
                        "sameDigestAllStrategies",
                        "inputBytesMatch",
                        "bytesPerRecord",
                        "batchWithinLimits",
                        "liveWithinBound",
                        "hooksOnce",
                        "noThreadLeft");
    }

    @Test
    void publishesTheDigestOfAThousandOriginalRecords() throws Exception {
        assertThat(passingQuickly("profile", "ORIGINAL", "records", 1_000, "batchSize", 100, "workers", 2)
                        .verification()
                        .digest())
                .isEqualTo(T1_1000);
    }

    @Test
    @Tag("long")
    void passesEveryCheckWithAThousandOriginalRecords() throws Exception {
        for (var handOver : List.of("RECORD", "BATCH")) {
            assertThat(passing("profile", "ORIGINAL", "records", 1_000, "batchSize", 100, "handOver", handOver)
                            .verification()
                            .digest())
                    .isEqualTo(T1_1000);
        }
    }

    @Test
    void publishesTheDigestOfHashedRecords() throws Exception {
        assertThat(passing("profile", "HEAVY", "records", 1_000).verification().digest())
                .isEqualTo(T3_1000);
    }

    static List<List<Object>> ways() {
        var ways = new ArrayList<List<Object>>();
        for (int workers : new int[] {1, 2, 4, 8}) {
            for (int batch : new int[] {1, 10, 100, 128, 500}) {
                ways.add(List.of("handOver", "RECORD", "workers", workers, "batchSize", batch));
                for (int extractors : new int[] {1, 2}) {
                    for (var layout : List.of("OBJECTS", "COLUMNS")) {
                        ways.add(List.of(
                                "layout", layout, "workers", workers, "batchSize", batch, "extractors", extractors));
                    }
                }
            }
        }
        ways.add(List.of("handOver", "RECORD", "transformMode", "COPY", "counters", "SEQUENTIAL"));
        ways.add(List.of("transformMode", "COPY"));
        ways.add(List.of("generation", "PREPARED"));
        ways.add(List.of("generation", "PREPARED", "layout", "OBJECTS"));
        ways.add(List.of("generation", "SINGLE", "batchBytes", 2_000));
        ways.add(List.of("handOver", "RECORD", "batchBytes", 2_000));
        ways.add(List.of("layout", "OBJECTS", "batchBytes", 100));
        return ways;
    }

    @ParameterizedTest
    @MethodSource("ways")
    void givesTheSameDigestWhateverTheWay(List<Object> way) throws Exception {
        assertThat(digest("LEVEL_3", way)).isEqualTo(T2_1000);
    }

    @Test
    void givesTheSameDigestOfOtherRecordsToo() throws Exception {
        assertOtherRecords(List.of("handOver", "RECORD", "transformMode", "COPY", "workers", 4, "batchSize", 128));
        assertOtherRecords(List.of("layout", "OBJECTS", "extractors", 2, "workers", 1, "batchSize", 500));
        assertThat(digest("HEAVY", List.of("layout", "COLUMNS", "extractors", 2, "workers", 1, "batchSize", 10)))
                .isEqualTo(T3_1000);
    }

    @Test
    @Tag("long")
    void givesTheSameDigestOfOtherRecordsWhateverTheWay() throws Exception {
        for (var way : ways()) {
            if (way.contains("COLUMNS") || way.contains("PREPARED")) {
                assertThat(digest("HEAVY", way)).as("%s", way).isEqualTo(T3_1000);
            } else {
                for (var mode : List.of("COPY", "IN_PLACE")) {
                    var fields = new ArrayList<Object>(way);
                    fields.addAll(List.of("transformMode", mode));
                    assertOtherRecords(fields);
                }
            }
        }
    }

    private void assertOtherRecords(List<Object> way) throws Exception {
        assertThat(digest("ORIGINAL", way)).as("%s", way).isEqualTo(T1_1000);
        assertThat(digest("HEAVY", way)).as("%s", way).isEqualTo(T3_1000);
    }

    private String digest(String profile, List<Object> way) throws Exception {
        var fields = new ArrayList<Object>(List.of("profile", profile, "records", 1_000));
        fields.addAll(way);
        return digest(Workloads.of(fields.toArray()));
    }

    @ParameterizedTest
    @CsvSource({"1", "99", "100", "101", "10000"})
    void loadsEachRecordOnceHoweverMany(int records) throws Exception {
        for (var handOver : List.of("RECORD", "BATCH")) {
            var workload = Workloads.of("records", records, "handOver", handOver, "batchSize", 100);
            try (var trial = new EtlEngine().prepare(workload, Workloads.context(scratch, Depth.SHORT))) {
                for (int i = 0; i < 5; i++) {
                    assertThat(trial.invoke().items()).isEqualTo(records);
                }
                assertThat(trial.verify().differences()).isEmpty();
            }
        }
    }

    /// More records than may be alive, of which none counts as loaded by its worker, or many never are.
    @ParameterizedTest
    @CsvSource({"SEQUENTIAL, NONE, 0", "RELAXED, POISON, 0.4"})
    void countsRecordsThatAreThroughAsAliveNoMore(String counters, String failureMode, double failureRatio)
            throws Exception {
        var told = passingQuickly(
                "profile",
                "LEVEL_3",
                "records",
                40_000,
                "handOver",
                "RECORD",
                "counters",
                counters,
                "failureMode",
                failureMode,
                "failureRatio",
                failureRatio,
                "onError",
                "DEAD_LETTER",
                "deadLetterLimit",
                40_000);

        assertThat((Long) told.metric("liveRecordsHighWater")).isLessThan(40_000);
    }

    @Test
    void joinsThePipelinesIdsIntoOneRange() throws Exception {
        assertThat(digest(Workloads.of("pipelines", 4, "records", 250))).isEqualTo(T2_1000);
        assertThat(digest(Workloads.of("pipelines", 4, "records", 250, "pipelineSlots", 1)))
                .isEqualTo(T2_1000);
    }

    @Test
    void countsBatches() throws Exception {
        var told = passing("records", 10_000, "batchSize", 100);
        assertThat(told.metric("batches")).isEqualTo(100L);
        assertThat(told.metric("queueCapacity")).isEqualTo(800L);
        assertThat((Long) passingQuickly("records", 10_000, "batchSize", 100, "handOver", "RECORD")
                        .metric("batches"))
                .isBetween(100L, 103L);
    }

    @ParameterizedTest
    @CsvSource({"50", "100", "500", "1000"})
    void neverQueuesMoreThanAllowed(int capacity) throws Exception {
        var told = passingQuickly("handOver", "RECORD", "queueCapacity", capacity, "records", 20_000);

        assertThat((Long) told.metric("queueDepthHighWater")).isBetween(1L, (long) capacity);
    }

    @ParameterizedTest
    @CsvSource({"GENERATE, ORIGINAL, 100", "COPY, ORIGINAL, 100", "GENERATE, LEVEL_3, 1000", "COPY, LEVEL_3, 1000"})
    void makesOrCopiesOnly(String scope, String profile, int records) throws Exception {
        var told = passingQuickly("profile", profile, "scope", scope, "records", records);

        assertThat(told.verification().digest()).isNull();
        assertThat(told.verification().digestReason()).isEqualTo("SCOPE_" + scope);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RECORD", "BATCH"})
    void tellsWhereTheThreadsTimeWent(String handOver) throws Exception {
        var told = passingQuickly("handOver", handOver, "records", 50_000, "transformMode", "COPY");

        assertThat(told.report().phases())
                .allSatisfy(
                        phase -> assertThat(phase.seconds()).as(phase.name()).isNotNegative())
                .extracting(Phase::name)
                .containsExactly("extract", "handOver", "copy", "transform", "load", "other");
    }

    @Test
    void saysThatNobodyKnowsWhatVirtualThreadsTook() throws Exception {
        var told = passingQuickly("records", 100, "transformWaitMicros", 10);

        assertThat(told.report().phases())
                .filteredOn(phase -> phase.seconds() == null)
                .containsExactly(Phase.unknown("transform", Clock.CPU, "VIRTUAL_THREADS"));
    }

    @Test
    void tellsPhasesAndLatencies() throws Exception {
        var told = passingQuickly("profile", "LEVEL_3", "records", 100_000);

        assertThat(told.report().phases())
                .extracting("name")
                .containsExactly("extract", "handOver", "transform", "load", "other");
        assertThat(told.report().details()).containsKeys("stageLatencyMillis", "recordLatencyMillis", "hooks");
        assertThat(told.report().details().get("batchSizeHistogram"))
                .isEqualTo(List.of(Map.of("upTo", 32L, "count", 1L), Map.of("upTo", 128L, "count", 781L)));
    }

    @Test
    void needsSixtyThreeThousandBytesForAnOriginalRecord() throws Exception {
        var told = passing("profile", "ORIGINAL", "records", 100, "batchSize", 10);

        assertThat((Double) told.metric("bytesPerRecord")).isBetween(63_000.0, 90_000.0);
    }

    private String digest(EtlWorkload workload) throws Exception {
        var sink = new DigestSink();
        var outside = new Assembly.Outside(
                sink, null, letter -> {}, new Latencies(), Time.system(), 2, false, Long.MAX_VALUE);
        try (var fleet = new Fleet(workload, outside, () -> false)) {
            var outcome = fleet.run();
            assertThat(outcome.counters().loaded()).isEqualTo(workload.records() * workload.pipelines());
            assertThat(fleet.isEveryHookOnce()).isTrue();
        }
        return "sha256:" + sink.totals().digest();
    }
}
