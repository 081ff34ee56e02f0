package dyno.engine.grouping;

import static dyno.engine.grouping.RecordTemplates.OUTER_BATCH_BYTES;
import static dyno.engine.grouping.RecordTemplates.OUTER_NODES;
import static dyno.engine.grouping.RecordTemplates.OUTER_NODES_AT;
import static dyno.engine.grouping.RecordTemplates.OUTER_SCHEMA_BYTES;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import org.jspecify.annotations.Nullable;

/// Writes records: an Arrow IPC stream of one row whose column `measurements` holds another stream, the probe's rows.
///
/// ```java
/// encoder.probe(addresses, from, length, srcId);
/// int bytes = encoder.measure(columns, order, first, end);   // rows order[first] … order[end - 1], by time
/// int at = chunk.begin(bytes);
/// encoder.write(chunk.buffer(), at);
/// ```
///
/// Numbers are filled into constant headers; nothing is allocated. Used by one thread at a time. Benchmark:
/// `ProbeRecordEncodeBenchmark`.
final class RecordEncoder {

    private final NestedStream nested = new NestedStream();
    private final BatchBody body = new BatchBody();

    private @Nullable MeasurementColumns columns;
    private long sourceId;
    private int firstRow;
    private int lastRow;
    private int rows;
    private int nestedBytes;

    /// Whose the records are that follow.
    ///
    /// @param address array with its text, UTF-8, which is not copied
    /// @param id      [SourceId] of the address
    void probe(byte[] address, int from, int length, long id) {
        nested.probe(address, from, length);
        sourceId = id;
    }

    /// Looks at the rows of the next record.
    ///
    /// @param rowOrder row numbers in `from`, by ascending time
    /// @param begin    index of the first in `rowOrder`
    /// @param end      index past the last, greater than `begin`
    /// @return length of the record that [#write] will write
    /// @throws EngineException where a record would pass 2^31 - 9 bytes; with a limit on rows only a single row can
    int measure(MeasurementColumns from, int[] rowOrder, int begin, int end) {
        long nestedLength = nested.measure(from, rowOrder, begin, end);
        long whole = RecordSize.record(nestedLength);
        rows = end - begin;
        if (rows < 1 || whole > Integer.MAX_VALUE - 8) {
            throw new EngineException(
                    FailureCode.ENGINE_ERROR,
                    "A record of %d rows has %d bytes, which is not within what a record can hold"
                            .formatted(rows, whole));
        }
        columns = from;
        firstRow = rowOrder[begin];
        lastRow = rowOrder[end - 1];
        nestedBytes = (int) nestedLength;
        return (int) whole;
    }

    /// Length of the nested stream that was measured last, which `maxRowBytes` limits.
    int nestedBytes() {
        return nestedBytes;
    }

    /// Writes the record that was measured last: every byte of `target` from `at` on, for its length.
    void write(byte[] target, int at) {
        var from = columns;
        if (from == null) {
            throw new IllegalStateException("Nothing was measured");
        }
        int batch = at + OUTER_SCHEMA_BYTES;
        int values = batch + OUTER_BATCH_BYTES;
        writeMessages(target, at, batch, values);
        Bytes.putLong(target, values, sourceId);
        Bytes.putInt(target, values + 8, 0);
        Bytes.putInt(target, values + 12, nestedBytes);
        nested.write(target, values + 16, nestedBytes);
        long firstTime = from.timeMicros()[firstRow];
        long lastTime = from.timeMicros()[lastRow];
        int behind = values + 16 + nestedBytes;
        Bytes.putLong(target, behind, rows);
        Bytes.putLong(target, behind + 8, Double.doubleToRawLongBits((lastTime - firstTime) / 1e6));
        Bytes.putLong(target, behind + 16, firstTime);
        Bytes.putLong(target, behind + 24, lastTime);
        RecordTemplates.putEnd(target, behind + 32);
    }

    private void writeMessages(byte[] target, int at, int batch, int values) {
        RecordTemplates.putOuter(target, at);
        body.begin(target, batch, values, 48L + nestedBytes, batch + OUTER_NODES_AT);
        body.note(target, 0);
        body.note(target, 8);
        body.note(target, 0);
        body.note(target, 8);
        body.note(target, nestedBytes);
        body.note(target, 0);
        body.note(target, 4);
        for (int i = 0; i < 3; i++) {
            body.note(target, 0);
            body.note(target, 8);
        }
        body.endBuffers(target, OUTER_NODES);
        for (int i = 0; i < OUTER_NODES; i++) {
            body.node(target, 1, 0);
        }
    }
}
