package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.FailureCode;
import dyno.engine.etl.LoadException.Kind;
import dyno.engine.etl.PipelineResult.State;
import dyno.engine.etl.PipelineSettings.Loading;
import dyno.engine.etl.PipelineSettings.Transforming;
import dyno.engine.kernel.SplitMix64;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Pipelines under random faults: whatever happens, every record is loaded once or one dead letter, and nothing
/// hangs.
class FaultSchedulesTest {

    private static final int SCHEDULES = 10_000;

    @Test
    void loadsEachRecordOnceUnderTenThousandFaultSchedules() throws Exception {
        int succeeded = 0;
        int failed = 0;
        int cancelled = 0;
        try (var crew = new Crew(8)) {
            for (int seed = 0; seed < SCHEDULES; seed++) {
                switch (new Schedule(seed).run(crew)) {
                    case SUCCEEDED -> succeeded++;
                    case FAILED -> failed++;
                    case CANCELLED -> cancelled++;
                }
            }
        }

        assertThat(succeeded).isGreaterThan(SCHEDULES / 4);
        assertThat(failed).isGreaterThan(SCHEDULES / 20);
        assertThat(cancelled).isPositive();
    }

    /// One pipeline, its faults and what it left behind.
    private static final class Schedule {

        private final int seed;
        private final Random random;
        private final Set<Long> loaded = ConcurrentHashMap.newKeySet();
        private final Set<Long> keys = ConcurrentHashMap.newKeySet();
        private final Set<Long> twice = ConcurrentHashMap.newKeySet();
        private final Set<Long> buried = ConcurrentHashMap.newKeySet();
        private final boolean isKind;
        private final boolean isSourceBad;
        private final int cancelAt;
        private final Hooks hooks = new Hooks();

        private Schedule(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.isKind = random.nextInt(3) > 0;
            this.isSourceBad = random.nextInt(20) == 0;
            this.cancelAt = random.nextInt(20) == 0 ? random.nextInt(40) : Integer.MAX_VALUE;
        }

        private State run(Crew crew) throws Exception {
            var time = new FakeTime();
            int records = 1 + random.nextInt(60);
            int batch = 1 + random.nextInt(12);
            boolean isRecord = random.nextBoolean();
            var settings = new PipelineSettings(
                    0,
                    1 + random.nextInt(4),
                    isRecord ? 1 : 1 + random.nextInt(2),
                    isRecord ? 1 + random.nextInt(5) : 0,
                    batch + random.nextInt(20),
                    batch,
                    batch,
                    random.nextBoolean() ? Long.MAX_VALUE : 500,
                    Long.MAX_VALUE,
                    0,
                    new Loading(
                            new RetryPolicy(1 + random.nextInt(4), 1_000_000, 5_000_000),
                            10_000_000,
                            isKind,
                            10_000,
                            false),
                    new Transforming(0, 0, 1),
                    random.nextBoolean(),
                    false);
            var ticks = new AtomicLong();
            try (var pipeline = pipeline(settings, records, time)) {
                var results = new PipelineGroup(1, true, crew, time)
                        .run(List.of(pipeline), () -> ticks.incrementAndGet() > cancelAt);
                check(results.getFirst(), records);
                return results.getFirst().state();
            }
        }

        private Pipeline<ObjectBatch<OptimisedUser>> pipeline(PipelineSettings settings, int records, Time time)
                throws Exception {
            RecordMaker<OptimisedUser> good = new OptimisedMaker(new DrawStream(seed));
            RecordMaker<OptimisedUser> maker = id -> {
                if (isSourceBad && id == records) {
                    throw new IllegalStateException("the source broke");
                }
                return good.make(id);
            };
            var makers = new Makers.OfObjects<>(() -> maker, OptimisedKind.INSTANCE, settings.batchBytes());
            Supplier<Source<OptimisedUser, ObjectBatch<OptimisedUser>>> sources =
                    () -> new GeneratedSource<>(new IdRange(1, records), 1, makers, new AtomicLong());
            Supplier<ObjectBatch<OptimisedUser>> buffers =
                    () -> new ObjectBatch<>(OptimisedKind.INSTANCE, settings.largestBatch());
            var handOver = settings.isRecordByRecord()
                    ? new RecordHandOver<>(settings, sources, buffers, time)
                    : new BatchHandOver<>(settings, sources, buffers, time);
            var parts = new Pipeline.Parts<ObjectBatch<OptimisedUser>>(
                    new ObjectTransform(TransformKind.T2, 1, settings.largestBatch()),
                    null,
                    new FaultyLoaders(),
                    hooks,
                    letter -> assertThat(buried.add(letter.id())).isTrue(),
                    new Latencies(),
                    () -> BatchSizer.fixed(settings.batchSize()),
                    1);
            return new Pipeline<>(settings, handOver, parts, time);
        }

        private void check(PipelineResult result, int records) {
            var counters = result.counters();
            assertThat(twice).as("loaded twice in schedule %d", seed).isEmpty();
            assertThat(Collections.disjoint(loaded, buried))
                    .as("schedule %d", seed)
                    .isTrue();
            assertThat(counters.loaded()).as("schedule %d", seed).isLessThanOrEqualTo(loaded.size());
            switch (result.state()) {
                case SUCCEEDED -> {
                    assertThat(counters.loaded()).as("schedule %d", seed).isEqualTo(loaded.size());
                    assertThat(loaded.size() + buried.size())
                            .as("schedule %d", seed)
                            .isEqualTo(records);
                    assertThat(counters.extracted()).isEqualTo(records);
                    assertThat(counters.deadLettered()).isEqualTo(buried.size());
                    assertThat(hooks.isSuccess()).isTrue();
                }
                case FAILED, CANCELLED -> {
                    assertThat(hooks.counts()).containsEntry("postProcess", 0).containsEntry("onFailure", 1);
                    assertThat(result.error() != null).isEqualTo(result.state() == State.FAILED);
                }
            }
        }

        private final class FaultyLoaders implements Sink {

            @Override
            public Loader open(int pipeline, int worker) {
                return new Loader() {
                    @Override
                    public void load(Load load) throws IOException, InterruptedException {
                        loadOrFail(load);
                    }

                    @Override
                    public boolean isLoaded(Load load) {
                        return keys.contains(load.key());
                    }

                    @Override
                    public void close() {}
                };
            }

            private void loadOrFail(Load load) throws IOException, InterruptedException {
                for (int i = load.range().from(); i < load.range().to(); i++) {
                    if (SplitMix64.mix(seed * 1_000L + load.batch().id(i)) % 50 == 0) {
                        throw new LoadException(Kind.PERMANENT, "bad record");
                    }
                }
                int fate = Math.floorMod(SplitMix64.mix(load.key() * 31 + load.attempt() + seed * 7_919L), 30);
                switch (fate) {
                    case 0, 1 -> throw new LoadException(Kind.TRANSIENT, "busy");
                    case 2 -> throw new IOException("reset");
                    case 3 -> new CountDownLatch(1).await();
                    case 4 -> throw new LoadException(Kind.UNKNOWN_OUTCOME, FailureCode.ENGINE_ERROR, "lost", null);
                    case 5 -> {
                        take(load);
                        throw new LoadException(Kind.UNKNOWN_OUTCOME, FailureCode.ENGINE_ERROR, "lost", null);
                    }
                    case 6 -> {
                        take(load);
                        // Loaded, but nobody gets to know before the time is over.
                        new CountDownLatch(1).await();
                    }
                    default -> take(load);
                }
            }

            private void take(Load load) {
                keys.add(load.key());
                var ids = new ArrayList<Long>();
                for (int row = load.fromRow(); row < load.toRow(); row++) {
                    ids.add(load.results().id(row));
                }
                ids.forEach(id -> {
                    if (!loaded.add(id)) {
                        twice.add(id);
                    }
                });
            }

            @Override
            public void close() {}
        }
    }
}
