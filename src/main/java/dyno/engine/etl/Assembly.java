package dyno.engine.etl;

import dyno.engine.etl.EtlWorkload.Counters;
import dyno.engine.etl.EtlWorkload.Generation;
import dyno.engine.etl.EtlWorkload.HandOver;
import dyno.engine.etl.EtlWorkload.OnError;
import dyno.engine.etl.EtlWorkload.RecordShape;
import dyno.engine.etl.EtlWorkload.TransformMode;
import dyno.engine.etl.PipelineSettings.Loading;
import dyno.engine.etl.PipelineSettings.Transforming;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Puts a workload's pipelines together. Used by one thread.
final class Assembly {

    /// The peer's first queue.
    private static final int ORIGINAL_FIRST_QUEUE = 1_000;

    private static final int OPTIMISED_FIRST_QUEUE = 100;

    private final EtlWorkload workload;
    private final Outside outside;
    private final AtomicLong generationBlocks = new AtomicLong();

    /// What a pipeline works with that is not of the workload.
    ///
    /// @param sink       where rows go; faults are in front of it already
    /// @param input      users of a dataset; null where records are generated
    /// @param processors of the machine
    /// @param isProfiled whether stage clocks run
    /// @param limit      at most so many records over all pipelines
    record Outside(
            EtlSink sink,
            @Nullable Supplier<Source<OriginalUser, ObjectBatch<OriginalUser>>> input,
            DeadLetters deadLetters,
            Latencies latencies,
            Time time,
            int processors,
            boolean isProfiled,
            long limit) {}

    Assembly(EtlWorkload workload, Outside outside) {
        this.workload = workload;
        this.outside = outside;
    }

    /// Blocks made so far of generation BATCHED.
    AtomicLong generationBlocks() {
        return generationBlocks;
    }

    static PipelineSettings settings(EtlWorkload workload, int processors, int index) {
        boolean isRecord = workload.handOver() == HandOver.RECORD;
        int firstQueue = workload.recordShape() == RecordShape.ORIGINAL
                ? ORIGINAL_FIRST_QUEUE
                : (int) Math.min(OPTIMISED_FIRST_QUEUE, workload.records());
        Integer timeout = workload.batchTimeoutMillis();
        Double rate = workload.targetRatePerSecond();
        Integer concurrency = workload.transformConcurrency();
        return new PipelineSettings(
                index,
                workload.workers(),
                isRecord ? 1 : workload.resolvedExtractors(processors),
                isRecord ? firstQueue : 0,
                (int) Math.min(Integer.MAX_VALUE, workload.resolvedQueueCapacity()),
                workload.batchSize(),
                workload.largestBatch(),
                batchBytes(workload),
                timeout == null || workload.target() != null ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(timeout),
                rate == null ? 0 : rate,
                new Loading(
                        new RetryPolicy(
                                workload.maxAttempts(),
                                TimeUnit.MILLISECONDS.toNanos(workload.backoffMillis()),
                                TimeUnit.MILLISECONDS.toNanos(workload.backoffMaxMillis())),
                        TimeUnit.MILLISECONDS.toNanos(workload.loadTimeoutMillis()),
                        workload.onError() == OnError.DEAD_LETTER,
                        workload.deadLetterLimit(),
                        workload.target() != null),
                new Transforming(
                        TimeUnit.MICROSECONDS.toNanos(workload.transformWaitMicros()),
                        concurrency == null ? 0 : concurrency,
                        processors),
                workload.counters() == Counters.SEQUENTIAL,
                false);
    }

    private static long batchBytes(EtlWorkload workload) {
        return workload.batchBytes() == null ? Long.MAX_VALUE : workload.batchBytes();
    }

    /// @param index 0-based among the workload's pipelines
    Pipeline<?> pipeline(int index, Lifecycle lifecycle) throws IOException, InterruptedException {
        var settings = settings(workload, outside.processors(), index);
        if (outside.isProfiled()) {
            settings = settings.profiled();
        }
        if (workload.isColumnar()) {
            return columns(settings, lifecycle);
        }
        return workload.recordShape() == RecordShape.OPTIMISED
                ? optimised(settings, lifecycle)
                : originals(settings, lifecycle);
    }

    long records(int index) {
        return Math.clamp(outside.limit() - index * workload.records(), 0, workload.records());
    }

    private IdRange ids(int index) {
        return new IdRange(index * workload.records() + 1, records(index));
    }

    private int block() {
        return workload.generation() == Generation.BATCHED ? workload.generationBlock() : 1;
    }

    private DrawStream draws() {
        return new DrawStream(workload.seed());
    }

    private Pipeline<OptimisedColumns> columns(PipelineSettings settings, Lifecycle lifecycle)
            throws IOException, InterruptedException {
        int index = settings.index();
        GeneratedSource.Maker<OptimisedUser, OptimisedColumns> maker = workload.generation() == Generation.PREPARED
                ? preparedColumns(index)
                : new Makers.OfColumns(draws(), batchBytes(workload));
        int capacity = workload.largestBatch();
        var handOver = new BatchHandOver<>(
                settings,
                () -> new GeneratedSource<>(ids(index), block(), maker, generationBlocks),
                () -> new OptimisedColumns(capacity),
                outside.time());
        var transform = new ColumnTransform(workload.transform(), workload.hashRounds(), capacity);
        return new Pipeline<>(settings, handOver, parts(transform, null, lifecycle), outside.time());
    }

    private Makers.OfPreparedColumns preparedColumns(int index) {
        int count = Math.toIntExact(records(index));
        long first = index * workload.records() + 1;
        var prepared = new OptimisedColumns(Math.max(1, count));
        int _ = prepared.append(draws(), first, count, Long.MAX_VALUE);
        return new Makers.OfPreparedColumns(prepared, first, batchBytes(workload));
    }

    private Pipeline<ObjectBatch<OptimisedUser>> optimised(PipelineSettings settings, Lifecycle lifecycle)
            throws IOException, InterruptedException {
        var transform = new ObjectTransform(workload.transform(), workload.hashRounds(), workload.largestBatch());
        return objects(
                settings,
                generated(settings.index(), () -> new OptimisedMaker(draws()), OptimisedKind.INSTANCE),
                OptimisedKind.INSTANCE,
                transform,
                lifecycle);
    }

    private Pipeline<ObjectBatch<OriginalUser>> originals(PipelineSettings settings, Lifecycle lifecycle)
            throws IOException, InterruptedException {
        var transform = workload.transform() == TransformKind.ROWS
                ? new RowsTransform()
                : new SummaryTransform(workload.largestBatch());
        var input = outside.input();
        return objects(
                settings,
                input != null
                        ? input
                        : generated(settings.index(), () -> new OriginalMaker(draws()), OriginalKind.INSTANCE),
                OriginalKind.INSTANCE,
                transform,
                lifecycle);
    }

    private <R> Supplier<Source<R, ObjectBatch<R>>> generated(
            int index, Supplier<RecordMaker<R>> makers, RecordKind<R> kind) {
        var used = workload.generation() == Generation.PREPARED ? prepared(index, makers.get()) : makers;
        var maker = new Makers.OfObjects<>(used, kind, batchBytes(workload));
        return () -> new GeneratedSource<>(ids(index), block(), maker, generationBlocks);
    }

    /// Records made once; whoever wants one again gets the same object.
    private <R> Supplier<RecordMaker<R>> prepared(int index, RecordMaker<R> maker) {
        long first = index * workload.records() + 1;
        var all = new ArrayList<R>(Math.toIntExact(records(index)));
        for (long i = 0; i < records(index); i++) {
            all.add(maker.make(first + i));
        }
        return () -> id -> all.get((int) (id - first));
    }

    private <R> Pipeline<ObjectBatch<R>> objects(
            PipelineSettings settings,
            Supplier<Source<R, ObjectBatch<R>>> sources,
            RecordKind<R> kind,
            Transform<ObjectBatch<R>> transform,
            Lifecycle lifecycle)
            throws IOException, InterruptedException {
        Supplier<ObjectBatch<R>> buffers = () -> new ObjectBatch<>(kind, workload.largestBatch());
        var handOver = settings.isRecordByRecord()
                ? new RecordHandOver<>(settings, sources, buffers, outside.time())
                : new BatchHandOver<>(settings, sources, buffers, outside.time());
        @Nullable
        Consumer<ObjectBatch<R>> copier = workload.transformMode() == TransformMode.COPY ? Assembly::copy : null;
        return new Pipeline<>(settings, handOver, parts(transform, copier, lifecycle), outside.time());
    }

    private static <R> void copy(ObjectBatch<R> batch) {
        for (int i = 0; i < batch.size(); i++) {
            batch.set(i, batch.kind().copy(batch.get(i)));
        }
    }

    private <B extends Batch> Pipeline.Parts<B> parts(
            Transform<B> transform, @Nullable Consumer<B> copier, Lifecycle lifecycle) {
        return new Pipeline.Parts<>(
                transform,
                copier,
                outside.sink(),
                lifecycle,
                outside.deadLetters(),
                outside.latencies(),
                this::sizer,
                TimeUnit.MILLISECONDS.toNanos(workload.adaptWindowMillis()));
    }

    private BatchSizer sizer() {
        return switch (workload.adaptiveBatching()) {
            case OFF -> BatchSizer.fixed(workload.batchSize());
            case RATIO -> {
                Long target = workload.adaptiveTargetPerSecond();
                yield new AdaptiveSizer(
                        new RatioRule(target == null ? 1 : target, workload.minBatchSize(), workload.maxBatchSize()),
                        workload.batchSize());
            }
            case HILL_CLIMB ->
                new AdaptiveSizer(
                        new HillClimbRule(workload.minBatchSize(), workload.maxBatchSize()), workload.batchSize());
        };
    }
}
