package dyno.engine.etl;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A batch of object graphs.
///
/// @param <R> the record
final class ObjectBatch<R> extends Batch {

    private final RecordKind<R> kind;
    private final @Nullable Object[] records;
    private int size;
    private long inputBytes;

    ObjectBatch(RecordKind<R> kind, int capacity) {
        this.kind = kind;
        this.records = new @Nullable Object[capacity];
    }

    /// Takes one more record.
    void add(R record) {
        records[size++] = record;
        inputBytes += kind.inputBytes(record);
    }

    /// Puts another record in the place of one: a copy.
    void set(int index, R record) {
        records[index] = record;
    }

    @SuppressWarnings("unchecked") // Only add and set write into the array.
    R get(int index) {
        var record = records[index];
        if (record == null) {
            throw new IndexOutOfBoundsException("Record %d of a batch of %d".formatted(index, size));
        }
        return (R) record;
    }

    RecordKind<R> kind() {
        return kind;
    }

    @Override
    int size() {
        return size;
    }

    @Override
    long id(int index) {
        return kind.id(get(index));
    }

    @Override
    long inputBytes() {
        return inputBytes;
    }

    @Override
    void appendInput(int index, LineBuffer to) {
        kind.appendInput(get(index), to);
    }

    @Override
    void clear() {
        Arrays.fill(records, 0, size, null);
        size = 0;
        inputBytes = 0;
    }
}
