package dyno.engine.etl;

import dyno.engine.InputFacts;
import dyno.engine.Metrics;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.engine.Work;
import dyno.engine.etl.EtlWorkload.RecordShape;
import dyno.engine.etl.EtlWorkload.Scope;
import dyno.engine.kernel.SplitMix64;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Only makes the records, or only copies them, on the calling thread: what to set beside a pipeline. Used by one
/// thread.
///
/// Every record goes into a batch, from where its id and length are added up: an optimiser that found it unused would
/// not make it at all.
final class ScopeTrial implements Trial {

    /// Records that are copied over and over: more than caches hold.
    private static final long ORIGINALS = 1_000;

    private static final long OPTIMISED = 100_000;
    private static final int BATCH = 64;

    /// Records, some milliseconds of them; so many whole batches.
    private static final int CHECKED_EVERY = 1_024 * BATCH;

    private static final long MOST_CHECKED = 100_000;

    private final EtlWorkload workload;
    private final TrialContext context;
    private final Pass pass;
    private final RecordSize recordSize;
    private Totals last = new Totals(0, 0, 0);
    private @Nullable String unstable;

    /// @param sum of `mix(id + length of the line)` of each record
    private record Totals(long records, long bytes, long sum) {}

    /// What an invocation does.
    private interface Pass {
        Totals run();
    }

    ScopeTrial(EtlWorkload workload, TrialContext context) {
        this.workload = workload;
        this.context = context;
        this.recordSize = RecordSize.measure(workload, context.depth());
        var draws = new DrawStream(workload.seed());
        if (workload.isColumnar() && workload.scope() == Scope.GENERATE) {
            this.pass = () -> columns(draws);
        } else if (workload.recordShape() == RecordShape.ORIGINAL) {
            this.pass = objects(new OriginalMaker(draws), OriginalKind.INSTANCE);
        } else {
            this.pass = objects(new OptimisedMaker(draws), OptimisedKind.INSTANCE);
        }
    }

    /// Records made beforehand.
    static long prepared(EtlWorkload workload) {
        return Math.min(workload.records(), workload.recordShape() == RecordShape.ORIGINAL ? ORIGINALS : OPTIMISED);
    }

    private Totals columns(DrawStream draws) {
        var batch = new OptimisedColumns(BATCH);
        long sum = 0;
        long bytes = 0;
        for (long id = 1; id <= workload.records(); id += BATCH) {
            batch.clear();
            checkSometimes(id);
            int count = (int) Math.min(BATCH, workload.records() - id + 1);
            int _ = batch.append(draws, id, count, Long.MAX_VALUE);
            for (int row = 0; row < count; row++) {
                sum += SplitMix64.mix(batch.id(row) + batch.inputBytes(row));
            }
            bytes += batch.inputBytes();
        }
        return new Totals(workload.records(), bytes, sum);
    }

    private <R> Pass objects(RecordMaker<R> maker, RecordKind<R> kind) {
        var batch = new ObjectBatch<>(kind, BATCH);
        if (workload.scope() == Scope.GENERATE) {
            return () -> fill(batch, kind, maker);
        }
        int count = (int) prepared(workload);
        var prepared = new ObjectBatch<>(kind, count);
        for (int id = 1; id <= count; id++) {
            prepared.add(maker.make(id));
        }
        return () -> fill(batch, kind, id -> kind.copy(prepared.get((int) ((id - 1) % count))));
    }

    private <R> Totals fill(ObjectBatch<R> batch, RecordKind<R> kind, RecordMaker<R> maker) {
        long sum = 0;
        long bytes = 0;
        for (long id = 1; id <= workload.records(); id++) {
            if (batch.size() == BATCH) {
                batch.clear();
                checkSometimes(id);
            }
            var record = maker.make(id);
            batch.add(record);
            sum += SplitMix64.mix(kind.id(record) + kind.inputBytes(record));
            bytes += kind.inputBytes(record);
        }
        batch.clear();
        return new Totals(workload.records(), bytes, sum);
    }

    /// @param id of a batch's first record
    private void checkSometimes(long id) {
        if (id % CHECKED_EVERY == 1) {
            context.cancellation().check();
        }
    }

    @Override
    public Work invoke() {
        context.cancellation().check();
        var totals = pass.run();
        if (last.records() > 0 && !totals.equals(last)) {
            unstable = "%s, then %s".formatted(last, totals);
        }
        last = totals;
        return new Work(totals.records(), totals.bytes());
    }

    @Override
    public Verification verify() {
        var sameEveryTime = Check.of("sameEveryTime", unstable);
        long distinct = workload.scope() == Scope.COPY ? prepared(workload) : workload.records();
        return new Verification(
                null,
                "SCOPE_" + workload.scope(),
                distinct > MOST_CHECKED
                        ? List.of(sameEveryTime)
                        : List.of(sameEveryTime, Check.of("sumMatchesReference", difference(distinct))));
    }

    private @Nullable String difference(long distinct) {
        var reference = new Reference(workload.seed(), workload.transform(), workload.hashRounds());
        var values = new long[Math.toIntExact(distinct)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Reference.mix(i + 1L + reference.inputLine(i + 1L).length());
        }
        long sum = workload.records() / distinct * Arrays.stream(values).sum();
        for (int i = 0; i < workload.records() % distinct; i++) {
            sum += values[i];
        }
        return sum == last.sum() ? null : "sum %016x instead of %016x".formatted(last.sum(), sum);
    }

    @Override
    public TrialReport report() {
        var metrics = new Metrics();
        Double bytes = recordSize.bytes();
        if (bytes == null) {
            metrics.absent("bytesPerRecord", "DATASET");
        } else {
            metrics.put("bytesPerRecord", bytes);
        }
        metrics.put("canonicalBytesPerRecord", (double) last.bytes() / Math.max(1, last.records()));
        metrics.put("extracted", last.records());
        return new TrialReport(List.of(), metrics.values(), List.of(), Map.of(), InputFacts.none());
    }

    @Override
    public void close() {}
}
