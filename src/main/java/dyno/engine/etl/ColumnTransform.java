package dyno.engine.etl;

/// T0, T2 and T3 of columns.
///
/// @param capacity most records of a batch
record ColumnTransform(TransformKind kind, int hashRounds, int capacity) implements Transform<OptimisedColumns> {

    @Override
    public Transformer<OptimisedColumns> open() {
        return new Columns(this);
    }

    private static final class Columns implements Transformer<OptimisedColumns> {

        private final TransformKind kind;
        private final ActivityColumns rows;
        private final int hashRounds;

        private Columns(ColumnTransform settings) {
            this.kind = settings.kind();
            this.rows = new ActivityColumns(settings.capacity(), kind == TransformKind.T0);
            this.hashRounds = settings.hashRounds();
        }

        @Override
        public Results start(OptimisedColumns batch) {
            rows.start(batch.size());
            return rows;
        }

        @Override
        public void slice(OptimisedColumns batch, int from, int to) {
            switch (kind) {
                case T0 -> rows.identify(batch, from, to);
                case T2 -> rows.summarise(batch, from, to);
                case T3 -> {
                    rows.summarise(batch, from, to);
                    // Of this slice alone: others may be transformed at the same time.
                    var hash = new HashRounds(hashRounds);
                    for (int row = from; row < to; row++) {
                        rows.fingerprint(row, hash.of(batch, row));
                    }
                }
                case T1, ROWS -> throw new IllegalStateException("Columns have no " + kind);
            }
        }
    }
}
