package dyno.engine.etl;

/// Passes original users on as they are.
record RowsTransform() implements Transform<ObjectBatch<OriginalUser>> {

    @Override
    public Transformer<ObjectBatch<OriginalUser>> open() {
        return new Passing();
    }

    private static final class Passing implements Transformer<ObjectBatch<OriginalUser>> {

        @Override
        public Results start(ObjectBatch<OriginalUser> batch) {
            return new UserResults(batch);
        }

        @Override
        public void slice(ObjectBatch<OriginalUser> batch, int from, int to) {
            // Nothing to do: the sink spreads the users over its tables.
        }
    }
}
