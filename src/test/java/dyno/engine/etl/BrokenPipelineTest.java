package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.FailureCode;
import dyno.engine.etl.LoadException.Kind;
import dyno.engine.etl.PipelineResult.State;
import dyno.engine.etl.PipelineSettings.Loading;
import dyno.engine.etl.PipelineSettings.Transforming;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pipelines whose parts throw or hang, beside others that do neither.
class BrokenPipelineTest {

    private static final int RECORDS = 5_000;
    private static final int BATCH = 10;
    private static final int QUEUED = 80;
    private static final Transform<ObjectBatch<OptimisedUser>> SOUND = new ObjectTransform(TransformKind.T2, 1, BATCH);

    private final Hooks hooks = new Hooks();
    private final AtomicLong loaded = new AtomicLong();
    private final Crew crew = new Crew(16);

    @AfterEach
    void close() {
        crew.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsOfATransformThatThrowsAndLeavesItsSiblingAlone(boolean isRecord) throws Exception {
        try (var broken = pipeline(isRecord, new Breaking(), counting());
                var sound = pipeline(isRecord, SOUND, counting())) {
            var results = new PipelineGroup(2, false, crew, Time.system()).run(List.of(broken, sound), () -> false);

            assertThat(results).extracting(PipelineResult::state).containsExactly(State.FAILED, State.SUCCEEDED);
            assertThat(results.getFirst().error()).isInstanceOf(StackOverflowError.class);
            assertThat(results.getLast().counters().loaded()).isEqualTo(RECORDS);
            assertThat(loaded.get())
                    .isEqualTo(RECORDS + results.getFirst().counters().loaded());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isCancelledWhileItsQueueIsFull(boolean isRecord) throws Exception {
        var handOver = handOver(settings(isRecord));
        try (var pipeline = new Pipeline<>(settings(isRecord), handOver, parts(SOUND, hanging()), Time.system())) {
            var results = new PipelineGroup(1, true, crew, Time.system())
                    .run(List.of(pipeline), () -> handOver.figures().depthHighWater() >= QUEUED);

            assertThat(results).extracting(PipelineResult::state).containsExactly(State.CANCELLED);
            assertThat(results.getFirst().counters().extracted()).isLessThan(RECORDS);
            assertThat(results.getFirst().counters().depthHighWater()).isEqualTo(QUEUED);
            assertThat(hooks.counts())
                    .containsEntry("preProcess", 1)
                    .containsEntry("postProcess", 0)
                    .containsEntry("onFailure", 1);
        }
    }

    /// A commit whose answer got lost with the server.
    @Test
    void saysThatTheDatabaseIsAwayWhereNobodyCanTellWhatWasLoaded() throws Exception {
        var lost = new LoadException(Kind.UNKNOWN_OUTCOME, FailureCode.DATABASE_UNAVAILABLE, "no answer", null);
        var away = new LoadException(Kind.TRANSIENT, FailureCode.DATABASE_UNAVAILABLE, "connection refused", null);
        try (var pipeline = pipeline(
                false,
                SOUND,
                sink(
                        load -> {
                            throw lost;
                        },
                        load -> {
                            throw away;
                        }))) {
            var result = new PipelineGroup(1, true, crew, Time.system())
                    .run(List.of(pipeline), () -> false)
                    .getFirst();

            assertThat(result.error())
                    .isInstanceOfSatisfying(
                            PipelineException.class,
                            e -> assertThat(e.code()).isEqualTo(FailureCode.DATABASE_UNAVAILABLE))
                    .hasMessageContaining("Nobody knows whether batch", "connection refused");
        }
    }

    @Test
    void interruptsAQuestionThatTakesTooLong() throws Exception {
        var lost = new LoadException(Kind.UNKNOWN_OUTCOME, FailureCode.DATABASE_UNAVAILABLE, "no answer", null);
        var settings = settings(false, TimeUnit.MILLISECONDS.toNanos(50));
        var sink = sink(
                load -> {
                    throw lost;
                },
                load -> new CountDownLatch(1).await());
        try (var pipeline = new Pipeline<>(settings, handOver(settings), parts(SOUND, sink), Time.system())) {
            var result = new PipelineGroup(1, true, crew, Time.system())
                    .run(List.of(pipeline), () -> false)
                    .getFirst();

            assertThat(result.state()).isEqualTo(State.FAILED);
            assertThat(result.error()).hasMessageContaining("Nobody knows whether batch");
        }
    }

    @Test
    void cancelsTheSiblingsOfOneThatFailed() throws Exception {
        try (var broken = pipeline(false, new Breaking(), counting());
                var slow = pipeline(false, SOUND, hanging())) {
            var results = new PipelineGroup(2, true, crew, Time.system()).run(List.of(broken, slow), () -> false);

            assertThat(results).extracting(PipelineResult::state).containsExactly(State.FAILED, State.CANCELLED);
        }
    }

    /// Breaks at a record in the middle.
    private record Breaking() implements Transform<ObjectBatch<OptimisedUser>> {

        @Override
        public Transformer<ObjectBatch<OptimisedUser>> open() {
            var sound = SOUND.open();
            return new Transformer<>() {
                @Override
                public Results start(ObjectBatch<OptimisedUser> batch) {
                    return sound.start(batch);
                }

                @Override
                public void slice(ObjectBatch<OptimisedUser> batch, int from, int to) throws InterruptedException {
                    if (batch.firstId() <= RECORDS / 2 && batch.lastId() >= RECORDS / 2) {
                        throw new StackOverflowError("injected");
                    }
                    sound.slice(batch, from, to);
                }
            };
        }
    }

    private Pipeline<ObjectBatch<OptimisedUser>> pipeline(
            boolean isRecord, Transform<ObjectBatch<OptimisedUser>> transform, Sink sink) throws Exception {
        var settings = settings(isRecord);
        return new Pipeline<>(settings, handOver(settings), parts(transform, sink), Time.system());
    }

    private Pipeline.Parts<ObjectBatch<OptimisedUser>> parts(
            Transform<ObjectBatch<OptimisedUser>> transform, Sink sink) {
        return new Pipeline.Parts<>(
                transform, null, sink, hooks, letter -> {}, new Latencies(), () -> BatchSizer.fixed(BATCH), 1);
    }

    private static HandOver<ObjectBatch<OptimisedUser>> handOver(PipelineSettings settings) {
        var makers = new Makers.OfObjects<>(
                () -> new OptimisedMaker(new DrawStream(42)), OptimisedKind.INSTANCE, Long.MAX_VALUE);
        Supplier<Source<OptimisedUser, ObjectBatch<OptimisedUser>>> sources =
                () -> new GeneratedSource<>(new IdRange(1, RECORDS), 1, makers, new AtomicLong());
        Supplier<ObjectBatch<OptimisedUser>> buffers = () -> new ObjectBatch<>(OptimisedKind.INSTANCE, BATCH);
        return settings.isRecordByRecord()
                ? new RecordHandOver<>(settings, sources, buffers, Time.system())
                : new BatchHandOver<>(settings, sources, buffers, Time.system());
    }

    private static PipelineSettings settings(boolean isRecord) {
        return settings(isRecord, Long.MAX_VALUE / 4);
    }

    private static PipelineSettings settings(boolean isRecord, long loadTimeoutNanos) {
        var loading = new Loading(new RetryPolicy(1, 0, 0), loadTimeoutNanos, false, 0, false);
        return new PipelineSettings(
                0,
                3,
                1,
                isRecord ? 20 : 0,
                QUEUED,
                BATCH,
                BATCH,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                0,
                loading,
                new Transforming(0, 0, 1),
                false,
                false);
    }

    private Sink counting() {
        return sink(load -> loaded.addAndGet(load.records()));
    }

    /// Loads until it is interrupted.
    private static Sink hanging() {
        return sink(load -> new CountDownLatch(1).await());
    }

    private interface LoadAction {
        void load(Load load) throws InterruptedException;
    }

    private static Sink sink(LoadAction loading) {
        return sink(loading, load -> {
            throw new AssertionError("nobody asks");
        });
    }

    /// @param asking what happens to whoever asks whether something was loaded; where nothing does, it was
    private static Sink sink(LoadAction loading, LoadAction asking) {
        return new Sink() {
            @Override
            public Loader open(int pipeline, int worker) {
                return new Loader() {
                    @Override
                    public void load(Load load) throws InterruptedException {
                        loading.load(load);
                    }

                    @Override
                    public boolean isLoaded(Load load) throws InterruptedException {
                        asking.load(load);
                        return true;
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void close() {}
        };
    }
}
