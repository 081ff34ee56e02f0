package dyno.engine.etl;

/// Records that go through the pipeline together. A buffer: filled, transformed, loaded, cleared, filled again.
///
/// Belongs to one thread at a time; whoever hands it over does not look at it again.
abstract class Batch {

    private long number;
    private long oldestNanos;
    private long handedOverNanos;

    /// Records in it.
    abstract int size();

    /// Id of a record, as sinks and messages name it.
    ///
    /// @param index 0 … size - 1
    abstract long id(int index);

    /// Canonical input bytes of all records.
    abstract long inputBytes();

    /// Appends a record's canonical input line, without line feed.
    abstract void appendInput(int index, LineBuffer to);

    /// Empties it; records that are objects are let go of.
    abstract void clear();

    /// Number of the batch in its pipeline, from 1; the order of loads may be another.
    final long number() {
        return number;
    }

    final void number(long newNumber) {
        this.number = newNumber;
    }

    /// When its first record was extracted, or was due where the load is open.
    final long oldestNanos() {
        return oldestNanos;
    }

    final void oldestNanos(long nanos) {
        this.oldestNanos = nanos;
    }

    /// When it was put into the queue.
    final long handedOverNanos() {
        return handedOverNanos;
    }

    final void handedOverNanos(long nanos) {
        this.handedOverNanos = nanos;
    }

    final long firstId() {
        return id(0);
    }

    final long lastId() {
        return id(size() - 1);
    }
}
