package dyno.engine.grouping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads an Arrow IPC stream of known columns, batch by batch, where it is.
///
/// Takes whatever conforms: validity bitmaps or none, buffers aligned at 8 or 64, any number of batches, with or
/// without
/// an end. Refuses dictionaries and compressed bodies, which probe records do not have. Used by one thread at a time.
///
/// @see <a href="https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format">Arrow IPC streaming
/// format</a>
final class IpcStream {

    private static final int SCHEMA = 1;
    private static final int RECORD_BATCH = 3;
    private static final int CONTINUATION = -1;
    private static final int PREFIX_BYTES = 8;
    private static final int PAIR_BYTES = 16;
    private static final int FIRST_VERSION = 3;
    private static final int LAST_VERSION = 4;

    private final List<IpcColumn> columns;
    private final int[] validityFrom;
    private final int[] offsetsFrom;
    private final int[] valuesFrom;

    private byte[] bytes = {};
    private int record;
    private int pos;
    private int end;
    private int rows;

    IpcStream(List<IpcColumn> columns) {
        this.columns = columns;
        this.validityFrom = new int[columns.size()];
        this.offsetsFrom = new int[columns.size()];
        this.valuesFrom = new int[columns.size()];
    }

    /// Begins with another stream and reads its schema.
    ///
    /// @param recordFrom index that errors count from
    /// @throws InvalidRecordException where the schema is another one
    void open(byte[] data, int from, int length, int recordFrom) {
        bytes = data;
        pos = from;
        end = from + length;
        record = recordFrom;
        rows = 0;
        int at = pos;
        var message = nextMessage();
        if (message == null || message.table().int8(1, 0) != SCHEMA) {
            throw new InvalidRecordException(at - record, "Stream does not begin with a schema");
        }
        pos = message.bodyFrom() + message.bodyBytes();
        checkSchema(message.table().table(2), at);
    }

    private void checkSchema(FlatTable schema, int at) {
        if (schema.int16(0, 0) != 0) {
            throw new InvalidRecordException(at - record, "Schema is big-endian");
        }
        int fields = schema.count(1, Integer.BYTES);
        if (fields != columns.size()) {
            throw new InvalidRecordException(
                    at - record, "Schema has %d columns, not %d".formatted(fields, columns.size()));
        }
        for (int i = 0; i < fields; i++) {
            var field = schema.element(1, i);
            var column = columns.get(i);
            boolean isNullable = field.int8(1, 0) != 0;
            if (!field.text(0).equals(column.name()) || !column.type().is(field) || !isNullable || field.has(4)) {
                throw new InvalidRecordException(
                        at - record,
                        "Column %d is '%s', and not nullable '%s' of type %s"
                                .formatted(i, field.text(0), column.name(), column.type()));
            }
        }
    }

    /// Goes to the next batch.
    ///
    /// @return whether there is one
    boolean nextBatch() {
        int at = pos;
        var message = nextMessage();
        if (message == null) {
            if (pos != end) {
                throw new InvalidRecordException(pos - record, "%d bytes behind the stream's end".formatted(end - pos));
            }
            return false;
        }
        if (message.table().int8(1, 0) != RECORD_BATCH) {
            throw new InvalidRecordException(at - record, "Message is neither a batch of rows nor the end");
        }
        readBatch(message, at);
        pos = message.bodyFrom() + message.bodyBytes();
        return true;
    }

    /// Rows of the batch.
    int rows() {
        return rows;
    }

    boolean isNull(int column, int row) {
        int from = validityFrom[column];
        return from >= 0 && (bytes[from + (row >> 3)] >> (row & 7) & 1) == 0;
    }

    /// Index in the bytes of a value of fixed width.
    int valueAt(int column, int row) {
        return valuesFrom[column] + columns.get(column).type().width() * row;
    }

    /// Index in the bytes of a text's or blob's first byte.
    int textFrom(int column, int row) {
        return valuesFrom[column] + Bytes.intAt(bytes, offsetsFrom[column] + 4 * row);
    }

    int textLength(int column, int row) {
        int at = offsetsFrom[column] + 4 * row;
        return Bytes.intAt(bytes, at + 4) - Bytes.intAt(bytes, at);
    }

    /// A message's metadata and where its body is.
    private record Message(FlatTable table, int bodyFrom, int bodyBytes) {}

    /// @return null at the end
    private @Nullable Message nextMessage() {
        if (pos == end) {
            return null;
        }
        if (end - pos < PREFIX_BYTES || Bytes.intAt(bytes, pos) != CONTINUATION) {
            throw new InvalidRecordException(pos - record, "No message begins here");
        }
        int length = Bytes.intAt(bytes, pos + 4);
        int from = pos + PREFIX_BYTES;
        if (length == 0) {
            pos = from;
            return null;
        }
        if (length < 0 || length > end - from) {
            throw new InvalidRecordException(pos - record, "Metadata of %d bytes passes the end".formatted(length));
        }
        var table = FlatTable.root(bytes, from, from + length, record);
        int version = table.int16(0, 0);
        if (version < FIRST_VERSION || version > LAST_VERSION) {
            throw new InvalidRecordException(pos - record, "Metadata version is V%d".formatted(version + 1));
        }
        long body = table.int64(3, 0);
        if (body < 0 || body > end - from - length) {
            throw new InvalidRecordException(pos - record, "Body of %d bytes passes the end".formatted(body));
        }
        return new Message(table, from + length, (int) body);
    }

    private void readBatch(Message message, int at) {
        var batch = message.table().table(2);
        long count = batch.int64(0, 0);
        if (batch.has(3)) {
            throw new InvalidRecordException(at - record, "Body is compressed");
        }
        if (count < 0 || count > Integer.MAX_VALUE - 1) {
            throw new InvalidRecordException(at - record, "Batch has %d rows".formatted(count));
        }
        rows = (int) count;
        int nodes = batch.count(1, PAIR_BYTES);
        int expected =
                columns.stream().mapToInt(column -> column.type().buffers()).sum();
        if (nodes != columns.size() || batch.count(2, PAIR_BYTES) != expected) {
            throw new InvalidRecordException(
                    at - record, "Batch has %d columns of %d buffers".formatted(nodes, batch.count(2, PAIR_BYTES)));
        }
        int node = batch.elements(1);
        int buffer = batch.elements(2);
        for (int column = 0; column < nodes; column++) {
            if (Bytes.longAt(bytes, node) != rows) {
                throw new InvalidRecordException(
                        node - record,
                        "Column %s has %d rows, the batch %d"
                                .formatted(columns.get(column).name(), Bytes.longAt(bytes, node), rows));
            }
            readColumn(column, Bytes.longAt(bytes, node + 8), buffer, message);
            node += PAIR_BYTES;
            buffer += PAIR_BYTES * columns.get(column).type().buffers();
        }
    }

    private void readColumn(int column, long nulls, int buffer, Message message) {
        var type = columns.get(column).type();
        boolean hasBitmap = Bytes.longAt(bytes, buffer + 8) > 0;
        validityFrom[column] = hasBitmap ? buffer(buffer, (rows + 7L) >> 3, message) : -1;
        long counted = 0;
        if (hasBitmap) {
            for (int row = 0; row < rows; row++) {
                counted += isNull(column, row) ? 1 : 0;
            }
        }
        if (counted != nulls) {
            throw new InvalidRecordException(
                    buffer - record,
                    "Column %s has %d nulls, its node says %d"
                            .formatted(columns.get(column).name(), counted, nulls));
        }
        if (!type.isVariable()) {
            valuesFrom[column] = buffer(buffer + PAIR_BYTES, (long) rows * type.width(), message);
            return;
        }
        // Without rows there may be no offsets either.
        offsetsFrom[column] = buffer(buffer + PAIR_BYTES, rows == 0 ? 0 : 4L * (rows + 1L), message);
        valuesFrom[column] = buffer(buffer + 2 * PAIR_BYTES, 0, message);
        checkOffsets(column, Bytes.longAt(bytes, buffer + 2 * PAIR_BYTES + 8));
    }

    private void checkOffsets(int column, long valueBytes) {
        int from = offsetsFrom[column];
        int last = 0;
        for (int i = 0; rows > 0 && i <= rows; i++) {
            int offset = Bytes.intAt(bytes, from + 4 * i);
            if (offset < last || offset > valueBytes) {
                throw new InvalidRecordException(
                        from + 4 * i - record,
                        "Offset of column %s is %d, behind %d, in %d bytes"
                                .formatted(columns.get(column).name(), offset, last, valueBytes));
            }
            last = offset;
        }
    }

    /// Index of a buffer's first byte; it has at least `needed` of them.
    private int buffer(int pair, long needed, Message message) {
        long offset = Bytes.longAt(bytes, pair);
        long length = Bytes.longAt(bytes, pair + 8);
        if (offset < 0 || length < needed || length > message.bodyBytes() || offset > message.bodyBytes() - length) {
            throw new InvalidRecordException(
                    pair - record,
                    "Buffer of %d bytes at %d, where %d are needed, in a body of %d"
                            .formatted(length, offset, needed, message.bodyBytes()));
        }
        return message.bodyFrom() + (int) offset;
    }
}
