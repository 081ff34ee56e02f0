package dyno.engine.etl;

/// Inputs of the benchmarks.
final class Bench {

    static final int ROWS = 128;
    static final DrawStream DRAWS = new DrawStream(42);

    private Bench() {}

    static OptimisedColumns columns() {
        var columns = new OptimisedColumns(ROWS);
        int _ = columns.append(DRAWS, 1_000_001, ROWS, Long.MAX_VALUE);
        return columns;
    }

    static ObjectBatch<OptimisedUser> objects() {
        var maker = new OptimisedMaker(DRAWS);
        var batch = new ObjectBatch<>(OptimisedKind.INSTANCE, ROWS);
        for (int i = 1; i <= ROWS; i++) {
            batch.add(maker.make(1_000_000 + i));
        }
        return batch;
    }
}
