package dyno.engine.etl;

import dyno.engine.kernel.SplitMix64;

/// Users as they are, for sinks that spread them over tables. Owned by one thread at a time.
final class UserResults extends Results {

    private final ObjectBatch<OriginalUser> batch;

    UserResults(ObjectBatch<OriginalUser> batch) {
        this.batch = batch;
        start(batch.size());
    }

    OriginalUser user(int row) {
        return batch.get(row);
    }

    @Override
    long id(int row) {
        return batch.id(row);
    }

    /// The id alone: what became of the rest is checked in the tables.
    @Override
    long value(int row) {
        return SplitMix64.mix(batch.id(row));
    }

    @Override
    void appendLine(int row, LineBuffer to) {
        batch.appendInput(row, to);
    }
}
