package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dyno.engine.etl.PipelineResult.State;
import dyno.engine.etl.PipelineSettings.Loading;
import dyno.engine.etl.PipelineSettings.Transforming;
import dyno.engine.etl.StageClock.Stage;
import dyno.engine.kernel.NanoTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole pipelines on threads whose CPU time is what the test says: a record takes so much to make, to transform and
/// to load, a look at the clock more than all of that together.
class PipelineStagesTest {

    private static final int RECORDS = 20_000;
    private static final int BATCH = 50;
    private static final int WORKERS = 3;
    private static final long READING = 400;
    private static final long MAKING = 30;
    private static final long TRANSFORMING = 20;
    private static final long LOADING = 10;

    private final CpuTime time = new CpuTime();

    /// The machine's clock on the wall, and the threads' CPU time as they say themselves what they do.
    private static final class CpuTime implements Time {

        private final Time wall = new SystemTime(NanoTime.system());
        private final Map<Thread, AtomicLong> spent = new ConcurrentHashMap<>();

        void spend(long nanos) {
            spent.computeIfAbsent(Thread.currentThread(), thread -> new AtomicLong())
                    .addAndGet(nanos);
        }

        /// Of the threads that the test has seen do something.
        long spentBy(Iterable<Thread> threads) {
            long all = 0;
            for (var thread : threads) {
                all += spent.get(thread).get();
            }
            return all;
        }

        @Override
        public long cpuNanos() {
            spend(READING / 2);
            long seen = spent.get(Thread.currentThread()).get();
            spend(READING / 2);
            return seen;
        }

        @Override
        public long nanos() {
            return wall.nanos();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            wall.sleep(nanos);
        }

        @Override
        public boolean acquire(Semaphore permits, long nanos) throws InterruptedException {
            return wall.acquire(permits, nanos);
        }
    }

    private final Map<Thread, Boolean> extractors = new ConcurrentHashMap<>();
    private final Map<Thread, Boolean> workers = new ConcurrentHashMap<>();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void giveNoStageMoreThanItsThreadsTook(boolean isRecord) throws Exception {
        var stages = run(isRecord, transforming(WORKERS, 0));

        assertThat(stages.unknown()).isEmpty();
        assertThat(stages.nanos().values())
                .allSatisfy(nanos -> assertThat(nanos).isNotNegative());
        assertThat(stages.otherNanos()).isNotNegative();
        assertThat(stages.totalNanos()).isLessThanOrEqualTo(time.spentBy(time.spent.keySet()));
        assertThat(stages.nanos().get(Stage.EXTRACT)).isLessThanOrEqualTo(time.spentBy(extractors.keySet()));
        assertThat(stages.nanos().get(Stage.TRANSFORM) + stages.nanos().get(Stage.LOAD))
                .isLessThanOrEqualTo(time.spentBy(workers.keySet()));
    }

    @Test
    void tellWhatMakingARecordTakesAlthoughALookAtTheClockTakesLonger() throws Exception {
        var stages = run(true, transforming(WORKERS, 0));

        // Handing over costs this test's producer nothing: all of it is making, and one reading a sample at most.
        long samples = 48 + (RECORDS - 8 * 63) / 64 + 1;
        assertThat(stages.nanos().get(Stage.EXTRACT))
                .isBetween(RECORDS * MAKING, RECORDS * MAKING + (samples + 2) * READING);
        assertThat(stages.nanos().get(Stage.TRANSFORM))
                .isCloseTo(RECORDS * TRANSFORMING + 400 * READING, withinPercentage(2));
    }

    @Test
    void countSlicesOfABatchThatOtherThreadsTransformed() throws Exception {
        var stages = run(false, new Slow(), transforming(3, 0), 1);

        assertThat(stages.unknown()).isEmpty();
        assertThat(stages.nanos().get(Stage.TRANSFORM)).isGreaterThanOrEqualTo(RECORDS * TRANSFORMING);
        assertThat(stages.otherNanos()).isNotNegative();
        assertThat(workers).hasSizeGreaterThan(1);
    }

    @Test
    void sayThatVirtualThreadsTransformedWhereTheyDid() throws Exception {
        var stages = run(false, transforming(2, 1_000));

        assertThat(stages.unknown()).containsOnlyKeys(Stage.TRANSFORM).containsValue("VIRTUAL_THREADS");
        assertThat(stages.otherNanos()).isNotNegative();
    }

    private static Transforming transforming(int processors, long waitNanos) {
        return new Transforming(waitNanos, 0, processors);
    }

    private StageTimes run(boolean isRecord, Transforming transforming) throws Exception {
        return run(isRecord, new Charged(), transforming, WORKERS);
    }

    private StageTimes run(
            boolean isRecord, Transform<ObjectBatch<OptimisedUser>> transform, Transforming transforming, int workers)
            throws Exception {
        var settings = settings(isRecord, transforming, workers);
        try (var crew = new Crew(settings.threads());
                var pipeline = new Pipeline<>(settings, handOver(settings), parts(transform), time)) {
            var result = new PipelineGroup(1, true, crew, time)
                    .run(List.of(pipeline), () -> false)
                    .getFirst();
            assertThat(result.state()).isEqualTo(State.SUCCEEDED);
            assertThat(result.counters().loaded()).isEqualTo(RECORDS);
            return result.stages();
        }
    }

    private HandOver<ObjectBatch<OptimisedUser>> handOver(PipelineSettings settings) {
        var maker = new OptimisedMaker(new DrawStream(42));
        RecordMaker<OptimisedUser> charged = id -> {
            extractors.put(Thread.currentThread(), true);
            time.spend(MAKING);
            return maker.make(id);
        };
        var makers = new Makers.OfObjects<>(() -> charged, OptimisedKind.INSTANCE, Long.MAX_VALUE);
        Supplier<Source<OptimisedUser, ObjectBatch<OptimisedUser>>> sources =
                () -> new GeneratedSource<>(new IdRange(1, RECORDS), 1, makers, new AtomicLong());
        Supplier<ObjectBatch<OptimisedUser>> buffers = () -> new ObjectBatch<>(OptimisedKind.INSTANCE, BATCH);
        return settings.isRecordByRecord()
                ? new RecordHandOver<>(settings, sources, buffers, time)
                : new BatchHandOver<>(settings, sources, buffers, time);
    }

    /// Charges the thread that transforms.
    private class Charged implements Transform<ObjectBatch<OptimisedUser>> {

        @Override
        public Transformer<ObjectBatch<OptimisedUser>> open() {
            var sound = new ObjectTransform(TransformKind.T2, 1, BATCH).open();
            return new Transformer<>() {
                @Override
                public Results start(ObjectBatch<OptimisedUser> batch) {
                    return sound.start(batch);
                }

                @Override
                public void slice(ObjectBatch<OptimisedUser> batch, int from, int to) throws InterruptedException {
                    work(from, to);
                    sound.slice(batch, from, to);
                }
            };
        }

        void work(int from, int to) throws InterruptedException {
            workers.put(Thread.currentThread(), true);
            time.spend((to - from) * TRANSFORMING);
        }
    }

    /// Takes so long on the wall that a batch is worth being cut into slices.
    private final class Slow extends Charged {

        @Override
        void work(int from, int to) throws InterruptedException {
            super.work(from, to);
            time.sleep((to - from) * 4_000L);
        }
    }

    private Pipeline.Parts<ObjectBatch<OptimisedUser>> parts(Transform<ObjectBatch<OptimisedUser>> transform) {
        return new Pipeline.Parts<>(
                transform,
                null,
                new ChargedSink(),
                new Hooks(),
                letter -> {},
                new Latencies(),
                () -> BatchSizer.fixed(BATCH),
                1);
    }

    private final class ChargedSink implements Sink {

        @Override
        public Loader open(int pipeline, int worker) {
            return new Loader() {
                @Override
                public void load(Load load) {
                    workers.put(Thread.currentThread(), true);
                    time.spend(load.records() * LOADING);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    }

    private static PipelineSettings settings(boolean isRecord, Transforming transforming, int workers) {
        return new PipelineSettings(
                0,
                workers,
                1,
                isRecord ? 100 : 0,
                4 * BATCH,
                BATCH,
                BATCH,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                0,
                new Loading(new RetryPolicy(1, 0, 0), Long.MAX_VALUE / 4, false, 0, false),
                transforming,
                false,
                true);
    }
}
