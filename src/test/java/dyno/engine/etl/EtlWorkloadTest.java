package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Contradictions.Contradiction;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtlWorkloadTest {

    @ParameterizedTest
    @CsvSource({
        "ORIGINAL, ORIGINAL, SINGLE, 500, 8, 120000, 5000, COUNT, T1",
        "LEVEL_1, OPTIMISED, SINGLE, 100, 4, 30000, 5000, COUNT, T2",
        "LEVEL_2, OPTIMISED, SINGLE, 128, 4, 100, 5000, COUNT, T2",
        "LEVEL_3, OPTIMISED, BATCHED, 128, 4, 100, 5000, COUNT, T2",
        "MEMORY_ONLY, OPTIMISED, BATCHED, 128, 4, 100, 1000000, COUNT, T0",
        "LIGHT, OPTIMISED, BATCHED, 64, 3, 100, 1000000, COUNT, T2",
        "HEAVY, OPTIMISED, BATCHED, 256, 6, 100, 200000, COUNT, T3",
        "NETWORK, OPTIMISED, BATCHED, 500, 8, 100, 200000, HTTP, T2",
        "DATABASE, OPTIMISED, BATCHED, 1000, 4, 100, 200000, POSTGRES, T2",
    })
    void takesDefaultsFromTheProfile(
            String profile,
            EtlWorkload.RecordShape shape,
            EtlWorkload.Generation generation,
            int batchSize,
            int workers,
            int timeout,
            long records,
            EtlWorkload.SinkKind sink,
            TransformKind transform) {
        var workload = Workloads.of("profile", profile);

        assertThat(workload.recordShape()).isEqualTo(shape);
        assertThat(workload.generation()).isEqualTo(generation);
        assertThat(workload.batchSize()).isEqualTo(batchSize);
        assertThat(workload.workers()).isEqualTo(workers);
        assertThat(workload.batchTimeoutMillis()).isEqualTo(timeout);
        assertThat(workload.records()).isEqualTo(records);
        assertThat(workload.sink()).isEqualTo(sink);
        assertThat(workload.transform()).isEqualTo(transform);
    }

    @Test
    void neverLoadsByAgeWhereTheClientSaysNull() {
        assertThat(Workloads.of("batchTimeoutMillis", null).batchTimeoutMillis())
                .isNull();
        assertThat(Assembly.settings(Workloads.of("batchTimeoutMillis", null), 2, 0)
                        .batchTimeoutNanos())
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"500, 4, 4000", "128, 4, 1024", "100, 4, 800", "500, 8, 8000"})
    void computesTheQueueAsThePeerDoes(int batchSize, int workers, long capacity) {
        assertThat(Workloads.of("batchSize", batchSize, "workers", workers).resolvedQueueCapacity())
                .isEqualTo(capacity);
    }

    @Test
    void readsAKeptLoadWithOneThreadSoThatItsBatchesAreTheSameInEveryRun() {
        var given = new Object[] {"profile", "DATABASE", "recordShape", "ORIGINAL", "workers", 4};
        var kept = new Object[] {
            "profile", "DATABASE", "recordShape", "ORIGINAL", "workers", 4, "target", "service", "targetSchema", "a"
        };

        assertThat(Workloads.of(given).resolvedExtractors(4)).isEqualTo(4);
        assertThat(Workloads.of(kept).resolvedExtractors(4)).isOne();
    }

    @Test
    void namesEverythingOutOfBoundsAtOnce() {
        assertThat(Workloads.check("workers", 0, "batchSize", 0, "batchTimeoutMillis", 0, "profile", "FAST"))
                .extracting("pointer")
                .containsExactlyInAnyOrder(
                        "/workload/workers",
                        "/workload/batchSize",
                        "/workload/batchTimeoutMillis",
                        "/workload/profile");
    }

    @Test
    void saysWhyABatchHasToFitInTheQueue() {
        assertThat(Workloads.contradictions("batchSize", 128, "queueCapacity", 64))
                .containsExactly(new Contradiction(
                        "queueCapacity",
                        "`queueCapacity` is 64 but `batchSize` is 128: with `handOver` BATCH a whole batch must fit in"
                                + " the queue. Use a queueCapacity of at least 128, or handOver RECORD."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "queueCapacity 100 adaptiveBatching HILL_CLIMB                    | queueCapacity",
                "batchSize 100000 workers 256                                     | queueCapacity",
                "layout COLUMNS handOver RECORD                                   | layout",
                "layout COLUMNS transformMode COPY                                | layout",
                "layout COLUMNS profile ORIGINAL                                  | layout",
                "extractors 2 handOver RECORD                                     | extractors",
                "extractors 2 targetRatePerSecond 10                              | extractors",
                "recordShape ORIGINAL                                             | recordShape",
                "profile ORIGINAL recordShape OPTIMISED                           | recordShape",
                "hashRounds 3                                                     | hashRounds",
                "sink POSTGRES                                                    | sink",
                "loadMethod INSERT_ROW                                            | loadMethod",
                "tableKind LOGGED                                                 | tableKind",
                "sink FILE loadWaitMicros 5                                       | loadWaitMicros",
                "profile DATABASE targetSchema a                                  | target",
                "profile DATABASE target service                                  | targetSchema",
                "profile DATABASE target service targetSchema a batchBytes 9      | batchBytes",
                "profile DATABASE target service targetSchema a pipelines 2       | pipelines",
                "profile DATABASE target service targetSchema a extractors 2      | extractors",
                "profile DATABASE target service targetSchema a handOver RECORD   | handOver",
                "adaptiveBatching RATIO                                           | adaptiveTargetPerSecond",
                "adaptiveTargetPerSecond 5                                        | adaptiveTargetPerSecond",
                "adaptiveBatching HILL_CLIMB minBatchSize 200                     | batchSize",
                "adaptiveBatching HILL_CLIMB batchBytes 200                       | batchBytes",
                "failureRatio 0.5                                                 | failureRatio",
                "failureMode ALWAYS failureRatio 0.5                              | failureRatio",
                "failureMode POISON                                               | failureRatio",
                "scope COPY sink FILE                                             | sink",
                "scope GENERATE targetRatePerSecond 5                             | targetRatePerSecond",
                "scope GENERATE failureMode ALWAYS                                | failureMode",
                "pipelineSlots 2                                                  | pipelineSlots",
            })
    void namesTheFieldThatShouldChange(String fields, String field) {
        assertThat(Workloads.contradictions(values(fields)))
                .extracting(Contradiction::field)
                .containsExactly(field);
    }

    @Test
    void generatesNothingBesideADataset() {
        var tree =
                new Object[] {"input", Map.of("dataset", "people"), "seed", 1, "generation", "SINGLE", "pipelines", 2};

        assertThat(Workloads.contradictions(tree))
                .extracting(Contradiction::field)
                .containsExactly("profile", "generation", "seed", "pipelines");
    }

    @Test
    void estimatesTheHeapFromWhatCanBeAlive() {
        var engine = new EtlEngine();
        var small = engine.estimate(Workloads.of("records", 1_000_000), Workloads.MACHINE);
        var large = engine.estimate(Workloads.of("records", 1_000_000_000), Workloads.MACHINE);

        // (1,024 waiting + 5 batches of 128) × 200 bytes × 2 + 64 MiB
        assertThat(small.heapBytes()).isEqualTo((1_024 + 5 * 128) * 200 * 2 + (64 << 20));
        assertThat(large.heapBytes()).isEqualTo(small.heapBytes());
        assertThat(engine.estimate(Workloads.of("profile", "ORIGINAL"), Workloads.MACHINE)
                        .heapBytes())
                .isEqualTo(5_000L * 90_000 * 2 + (64 << 20));
    }

    @Test
    void letsCasesOfTheSameRecordsAgree() {
        var engine = new EtlEngine();

        assertThat(engine.agreementKey(Workloads.of("handOver", "RECORD", "workers", 3)))
                .isEqualTo(engine.agreementKey(Workloads.of("pipelines", 5, "records", 1_000)));
        assertThat(engine.agreementKey(Workloads.of("seed", 7))).isNotEqualTo(engine.agreementKey(Workloads.of()));
        assertThat(engine.agreementKey(Workloads.of("scope", "COPY"))).isEmpty();
    }

    private static Object[] values(String fields) {
        var words = fields.strip().split(" ");
        var values = new Object[words.length];
        for (int i = 0; i < words.length; i++) {
            values[i] = i % 2 == 0
                    ? words[i]
                    : words[i].matches("[0-9]+")
                            ? (Object) Long.valueOf(words[i])
                            : words[i].matches("[0-9.]+") ? Double.valueOf(words[i]) : words[i];
        }
        return values;
    }
}
