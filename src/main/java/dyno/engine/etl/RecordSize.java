package dyno.engine.etl;

import dyno.engine.TrialContext.Depth;
import dyno.engine.etl.EtlWorkload.RecordShape;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What one record takes in memory, and its canonical line.
///
/// @param bytes          retained heap of one record, or used bytes of the buffers a row; null for datasets
/// @param canonicalBytes mean length of the canonical input line; null for datasets
record RecordSize(@Nullable Double bytes, @Nullable Double canonicalBytes) {

    private static final int ORIGINALS = 200;
    private static final int OPTIMISED = 20_000;
    private static final int SAMPLES = 3;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// Makes records for the purpose and lets them go.
    static RecordSize measure(EtlWorkload workload, Depth depth) {
        if (workload.input() != null) {
            return new RecordSize(null, null);
        }
        var draws = new DrawStream(workload.seed());
        if (workload.isColumnar()) {
            var columns = new OptimisedColumns(OPTIMISED);
            int _ = columns.append(draws, 1, OPTIMISED, Long.MAX_VALUE);
            return new RecordSize((double) columns.usedBytes() / OPTIMISED, (double) columns.inputBytes() / OPTIMISED);
        }
        return workload.recordShape() == RecordShape.ORIGINAL
                ? of(new OriginalMaker(draws), OriginalKind.INSTANCE, ORIGINALS, depth)
                : of(new OptimisedMaker(draws), OptimisedKind.INSTANCE, OPTIMISED, depth);
    }

    private static <R> RecordSize of(RecordMaker<R> maker, RecordKind<R> kind, int count, Depth depth) {
        var records = new ObjectBatch<>(kind, count);
        for (int id = 1; id <= count; id++) {
            records.add(maker.make(id));
        }
        double canonical = (double) records.inputBytes() / count;
        if (depth == Depth.SHORT) {
            // Other jobs share the heap: a deep copy asks for just what a record retains.
            return new RecordSize(copied(records, kind), canonical);
        }
        records.clear();
        var samples = new double[SAMPLES];
        Arrays.setAll(samples, i -> retained(() -> made(maker, kind, count)) / count);
        Arrays.sort(samples);
        return new RecordSize(samples[SAMPLES / 2], canonical);
    }

    private static <R> double copied(ObjectBatch<R> records, RecordKind<R> kind) {
        var copies = new ObjectBatch<>(kind, records.size());
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < records.size(); i++) {
            copies.add(kind.copy(records.get(i)));
        }
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / copies.size();
    }

    private static <R> ObjectBatch<R> made(RecordMaker<R> maker, RecordKind<R> kind, int count) {
        var records = new ObjectBatch<>(kind, count);
        for (int id = 1; id <= count; id++) {
            records.add(maker.make(id));
        }
        return records;
    }

    private static double retained(Supplier<? extends ObjectBatch<?>> make) {
        long before = used();
        var made = make.get();
        long after = used();
        // Alive until here.
        made.clear();
        return (double) (after - before);
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// What records have to take at least, so that no generator cheats by sharing.
    static int least(EtlWorkload workload) {
        return workload.recordShape() == RecordShape.ORIGINAL ? 63_000 : 50;
    }
}
