package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.TrialContext;
import dyno.engine.aggregation.FaultyStore.Fault;
import dyno.support.S3Mock;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rows read through an object store that is a process of its own.
class S3InputTest {

    private static final String UPLOADS = "generated";
    private static final String CLIENTS = "clients";
    /// Below it are two days of pods, for what goes through the proxy, which is slow.
    private static final String FEW = "two-days/";

    private static final String SECRET = "correct-horse-battery";
    private static final Map<String, Object> SMALL = Map.of("scale", "SMALL");

    private static S3Mock mock;
    private static FaultyStore proxy;

    @BeforeAll
    static void startStore() throws Exception {
        mock = S3Mock.start(UPLOADS, CLIENTS);
        proxy = new FaultyStore(mock.endpoint());
        try (var store = new S3Store(settings(mock.endpoint()).store(), Cancellation.NONE);
                var input = Inputs.generated(SMALL)) {
            var tables = InputTables.below(input.folder());
            for (var table : Table.values()) {
                for (var file : tables.of(table)) {
                    store.upload(
                            CLIENTS, "october/" + file.name(), input.folder().resolve(file.name()));
                }
            }
            var days = tables.of(Table.POD_USAGE);
            for (var file : days.subList(0, 2)) {
                store.upload(CLIENTS, FEW + file.name(), input.folder().resolve(file.name()));
            }
        }
    }

    @AfterAll
    static void stopStore() {
        proxy.close();
        mock.close();
    }

    @Test
    void aggregatesWhatItUploadedAndRemovesIt() throws Exception {
        var workload = Binding.bind(Map.of(
                "input", Map.of("generate", SMALL, "transport", "S3"),
                "outputs", List.of("POD", "STORAGE", "UNALLOCATED"),
                "loadMethod", "NONE"));

        var outcome = run(workload, mock.endpoint());

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.verification().digest()).isEqualTo(DigestsTest.SMALL_ALL);
        // A request for each of 31 days and five tables at least, and nothing read twice.
        assertThat((Long) outcome.metric("s3Requests")).isGreaterThan(100L);
        assertThat((Long) outcome.metric("s3Bytes")).isEqualTo(outcome.metric("inputBytes"));
        assertThat(outcome.metric("s3Retries")).isEqualTo(0L);
        try (var store = new S3Store(settings(mock.endpoint()).store(), Cancellation.NONE)) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> store.list(UPLOADS, ""))
                    .withMessageContaining("No object below s3://generated/");
        }
    }

    @Test
    void aggregatesObjectsOfTheClient() throws Exception {
        var outcome = run(objects("october/"), mock.endpoint());

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.verification().digest()).isEqualTo(DigestsTest.SMALL);
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_DOWN", "CUT"})
    void triesAgainWhereReadsFail(Fault fault) throws Exception {
        var expected = run(objects(FEW), mock.endpoint()).verification().digest();
        try (var trial = prepare(proxy.endpoint(), Cancellation.NONE)) {
            trial.invoke();
            trial.measuringStarts();
            proxy.strike(fault, 2);
            trial.invoke();

            assertThat(trial.verify().digest()).isEqualTo(expected);
            assertThat(trial.report().metrics()).containsEntry("s3Retries", 2L);
        }
    }

    @Test
    void namesTheObjectThatCannotBeRead() throws Exception {
        try (var trial = prepare(proxy.endpoint(), Cancellation.NONE)) {
            proxy.strike(Fault.SLOW_DOWN, 1_000_000);

            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(trial::invoke)
                    .withMessageContaining("s3://clients/two-days/")
                    .withMessageContaining("503")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_INPUT));
        } finally {
            proxy.strike(Fault.NONE, 0);
        }
    }

    @Test
    void failsWhereAnObjectWasChanged() throws Exception {
        try (var input = Inputs.generated(SMALL);
                var store = new S3Store(settings(mock.endpoint()).store(), Cancellation.NONE)) {
            var files = InputTables.below(input.folder()).of(Table.POD_USAGE);
            var first = input.folder().resolve(files.get(0).name());
            store.upload(CLIENTS, "changing/first.parquet", first);
            store.upload(
                    CLIENTS,
                    "changing/second.parquet",
                    input.folder().resolve(files.get(1).name()));
            try (var trial = new AggregationEngine(settings(mock.endpoint()))
                    .prepare(objects("changing/"), Trials.context(Cancellation.NONE, Map.of()))) {
                trial.invoke();
                store.upload(CLIENTS, "changing/second.parquet", first);

                assertThatExceptionOfType(EngineException.class)
                        .isThrownBy(trial::invoke)
                        .withMessage("s3://clients/changing/second.parquet was changed since the job was prepared")
                        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_INPUT));
            }
        }
    }

    @Test
    void failsWhereAnObjectIsCutShort() throws Exception {
        try (var input = Inputs.generated(SMALL);
                var store = new S3Store(settings(mock.endpoint()).store(), Cancellation.NONE)) {
            var name = InputTables.below(input.folder())
                    .of(Table.POD_USAGE)
                    .getFirst()
                    .name();
            byte[] whole = Files.readAllBytes(input.folder().resolve(name));
            Path half = Files.createTempFile(input.folder(), "half", ".bin");
            try {
                Files.write(half, java.util.Arrays.copyOf(whole, whole.length / 2));
                store.upload(CLIENTS, "short/half.parquet", half);
            } finally {
                Files.delete(half);
            }

            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> run(objects("short/"), mock.endpoint()))
                    .withMessageStartingWith("half.parquet: ")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_INPUT));
        }
    }

    @Test
    void givesUpAtOnceWhenItIsCancelledWhileTheStoreIsSilent() throws Exception {
        var isCancelled = new AtomicBoolean();
        try (var silent = new FaultyStore(mock.endpoint());
                var trial = prepare(silent.endpoint(), isCancelled::get)) {
            silent.strike(Fault.SILENCE, 1_000_000);
            var running = CompletableFuture.supplyAsync(() -> {
                try {
                    return trial.invoke();
                } catch (Exception e) {
                    throw new java.util.concurrent.CompletionException(e);
                }
            });
            silent.awaitStrike();

            isCancelled.set(true);

            // The store's own time-out is 60 s.
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> running.get(20, TimeUnit.SECONDS))
                    .withCauseInstanceOf(CancellationException.class);
        }
    }

    @Test
    void keepsCredentialsToItself() {
        var nowhere = URI.create("http://127.0.0.1:1");
        var engine = new AggregationEngine(settings(nowhere));

        assertThat(engine.secrets(objects("october/"))).containsValue(SECRET).containsValue(nowhere.toString());
        assertThat(engine.secrets(Binding.generated(SMALL, Map.of()))).doesNotContainValue(SECRET);
        assertThat(settings(nowhere).toString()).doesNotContain(SECRET, "somebody", "127.0.0.1");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> run(objects("october/"), nowhere))
                .withMessage("s3://clients/october/ could not be read in 3 attempts: ConnectException")
                .withNoCause();
    }

    @Test
    void handsSettingsToForks() {
        var told = new AggregationEngine(settings(mock.endpoint()));

        var read = LentSettings.read(told.secrets(objects("october/")), AggregationSettings.DEFAULT);

        assertThat(read).isEqualTo(settings(mock.endpoint()));
        assertThat(LentSettings.read(told.secrets(Binding.generated(SMALL, Map.of())), AggregationSettings.DEFAULT))
                .isEqualTo(new AggregationSettings(null, 1_000_000, 1L << 20, 1L << 30, Duration.ofMinutes(90)));
        assertThat(LentSettings.read(Map.of(), AggregationSettings.DEFAULT)).isEqualTo(AggregationSettings.DEFAULT);
    }

    @Test
    void readsAllowedBucketsAlone() {
        var other = Binding.bind(
                Map.of("input", Map.of("s3", Map.of("bucket", "secrets", "prefix", "a/")), "loadMethod", "NONE"));

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> run(other, mock.endpoint()))
                .withMessageContaining("secrets, which is not allowed");
    }

    private static AggregationWorkload objects(String prefix) {
        return Binding.bind(
                Map.of("input", Map.of("s3", Map.of("bucket", CLIENTS, "prefix", prefix)), "loadMethod", "NONE"));
    }

    private static AggregationSettings settings(URI endpoint) {
        return new AggregationSettings(
                new ObjectStore(endpoint, "eu-test-1", "somebody", SECRET, List.of(UPLOADS, CLIENTS)),
                1_000_000,
                1L << 20,
                1L << 30,
                Duration.ofMinutes(90));
    }

    private static dyno.engine.Trial prepare(URI endpoint, Cancellation cancellation) throws Exception {
        return new AggregationEngine(settings(endpoint)).prepare(objects(FEW), Trials.context(cancellation, Map.of()));
    }

    /// As a fork does: its own engine knows nothing of the store, the service's has told it.
    private static Trials.Outcome run(AggregationWorkload workload, URI endpoint) throws Exception {
        TrialContext context =
                Trials.context(Cancellation.NONE, new AggregationEngine(settings(endpoint)).secrets(workload));
        return Trials.run(workload, context);
    }
}
