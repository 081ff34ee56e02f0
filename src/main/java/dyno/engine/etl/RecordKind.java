package dyno.engine.etl;

import dyno.engine.etl.DeadLetter.Place;
import org.jspecify.annotations.Nullable;

/// What the pipeline has to know of records that are objects. Stateless.
interface RecordKind<R> {

    long id(R record);

    /// Length of the canonical line.
    int inputBytes(R record);

    /// Appends the canonical line, without line feed.
    void appendInput(R record, LineBuffer to);

    /// A deep copy: shares nothing with the record.
    R copy(R record);

    /// Where a dataset has the record; null for generated ones.
    default @Nullable Place place(R record) {
        return null;
    }
}
