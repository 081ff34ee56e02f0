package dyno.engine.grouping;

import static dyno.engine.grouping.MeasurementColumns.NO_ADDRESS;
import static dyno.engine.grouping.RecordTemplates.BODY_LENGTH_AT;
import static dyno.engine.grouping.RecordTemplates.BUFFERS_AT;
import static dyno.engine.grouping.RecordTemplates.CONTINUATION;
import static dyno.engine.grouping.RecordTemplates.END_BYTES;
import static dyno.engine.grouping.RecordTemplates.NESTED_BATCH_BYTES;
import static dyno.engine.grouping.RecordTemplates.NESTED_NODES;
import static dyno.engine.grouping.RecordTemplates.NESTED_NODES_AT;
import static dyno.engine.grouping.RecordTemplates.NESTED_SCHEMA_BYTES;
import static dyno.engine.grouping.RecordTemplates.OUTER_BATCH_BYTES;
import static dyno.engine.grouping.RecordTemplates.OUTER_NODES;
import static dyno.engine.grouping.RecordTemplates.OUTER_NODES_AT;
import static dyno.engine.grouping.RecordTemplates.OUTER_SCHEMA_BYTES;
import static dyno.engine.grouping.RecordTemplates.ROWS_AT;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.util.Arrays;
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

    private byte[] source = {};
    private int sourceFrom;
    private int sourceLength;
    private long sourceId;

    private @Nullable MeasurementColumns columns;
    private int[] order = {};
    private int first;
    private int rows;
    private long dstBytes;
    private int dstNulls;
    private int versionNulls;
    private int rttNulls;
    private int nestedBytes;

    // Where the next buffer goes: index in the target, in the batch's list of buffers, in the batch's body.
    private int pos;
    private int bufferAt;
    private int bodyFrom;

    /// Whose the records are that follow.
    ///
    /// @param address array with its text, UTF-8, which is not copied
    /// @param id      [SourceId] of the address
    void probe(byte[] address, int from, int length, long id) {
        source = address;
        sourceFrom = from;
        sourceLength = length;
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
        columns = from;
        order = rowOrder;
        first = begin;
        rows = end - begin;
        sumDestinations(from);
        versionNulls = nulls(from.noVersion());
        rttNulls = nulls(from.noRtt());
        int columnsWithNull = Integer.signum(dstNulls) + Integer.signum(versionNulls) + Integer.signum(rttNulls);
        long nested = RecordSize.nested(rows, (long) rows * sourceLength, dstBytes, columnsWithNull);
        long whole = RecordSize.record(nested);
        if (rows < 1 || whole > Integer.MAX_VALUE - 8) {
            throw new EngineException(
                    FailureCode.ENGINE_ERROR,
                    "A record of %d rows has %d bytes, which is not within what a record can hold"
                            .formatted(rows, whole));
        }
        nestedBytes = (int) nested;
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
        int nestedAt = at + OUTER_SCHEMA_BYTES + OUTER_BATCH_BYTES + 16;
        long firstTime = from.timeMicros()[order[first]];
        long lastTime = from.timeMicros()[order[first + rows - 1]];
        writeOuter(target, at);
        int column = nestedAt - 16;
        Bytes.putLong(target, column, sourceId);
        Bytes.putInt(target, column + 8, 0);
        Bytes.putInt(target, column + 12, nestedBytes);
        writeNested(from, target, nestedAt);
        column = nestedAt + nestedBytes;
        Bytes.putLong(target, column, rows);
        Bytes.putLong(target, column + 8, Double.doubleToRawLongBits((lastTime - firstTime) / 1e6));
        Bytes.putLong(target, column + 16, firstTime);
        Bytes.putLong(target, column + 24, lastTime);
        putEnd(target, column + 32);
    }

    private void writeOuter(byte[] target, int at) {
        RecordTemplates.putOuter(target, at);
        int batch = at + OUTER_SCHEMA_BYTES;
        Bytes.putLong(target, batch + BODY_LENGTH_AT, 48L + nestedBytes);
        startBody(batch, batch + OUTER_BATCH_BYTES);
        note(target, 0);
        note(target, 8);
        note(target, 0);
        note(target, 8);
        note(target, nestedBytes);
        note(target, 0);
        note(target, 4);
        for (int i = 0; i < 3; i++) {
            note(target, 0);
            note(target, 8);
        }
        Bytes.putInt(target, bufferAt, 0);
        Bytes.putInt(target, bufferAt + 4, OUTER_NODES);
        for (int i = 0; i < OUTER_NODES; i++) {
            Bytes.putLong(target, batch + OUTER_NODES_AT + 16 * i, 1);
            Bytes.putLong(target, batch + OUTER_NODES_AT + 16 * i + 8, 0);
        }
    }

    private void writeNested(MeasurementColumns from, byte[] target, int at) {
        RecordTemplates.putNested(target, at);
        int batch = at + NESTED_SCHEMA_BYTES;
        int body = batch + NESTED_BATCH_BYTES;
        Bytes.putLong(target, batch + BODY_LENGTH_AT, at + nestedBytes - END_BYTES - body);
        Bytes.putLong(target, batch + ROWS_AT, rows);
        startBody(batch, body);
        writeTimes(from.timeMicros(), target);
        writeSource(target);
        writeDestinations(from, target);
        writeVersions(from, target);
        writeRtts(from, target);
        Bytes.putInt(target, bufferAt, 0);
        Bytes.putInt(target, bufferAt + 4, NESTED_NODES);
        int node = batch + NESTED_NODES_AT;
        putNode(target, node, 0);
        putNode(target, node + 16, 0);
        putNode(target, node + 32, dstNulls);
        putNode(target, node + 48, versionNulls);
        putNode(target, node + 64, rttNulls);
        putEnd(target, pos);
    }

    private void writeTimes(long[] times, byte[] target) {
        int[] rowOrder = order;
        int begin = first;
        int count = rows;
        buffer(target, 0);
        int to = pos;
        for (int i = 0; i < count; i++) {
            Bytes.putLong(target, to + 8 * i, times[rowOrder[begin + i]]);
        }
        buffer(target, 8 * count);
    }

    /// The same address in each row: copied once, and then what is there already, so that copies double.
    private void writeSource(byte[] target) {
        int length = sourceLength;
        int count = rows;
        buffer(target, 0);
        int to = pos;
        for (int i = 0; i <= count; i++) {
            Bytes.putInt(target, to + 4 * i, i * length);
        }
        buffer(target, 4 * (count + 1));
        int total = count * length;
        System.arraycopy(source, sourceFrom, target, pos, length);
        int done = length;
        while (done < total) {
            int part = Math.min(done, total - done);
            System.arraycopy(target, pos, target, pos + done, part);
            done += part;
        }
        buffer(target, total);
    }

    private void writeDestinations(MeasurementColumns from, byte[] target) {
        int[] dst = from.dst();
        int[] rowOrder = order;
        int begin = first;
        int count = rows;
        if (dstNulls == 0) {
            buffer(target, 0);
        } else {
            clearBitmap(target);
            for (int i = 0; i < count; i++) {
                target[pos + (i >> 3)] |= bit(i, dst[rowOrder[begin + i]] != NO_ADDRESS);
            }
            buffer(target, (count + 7) >> 3);
        }
        byte[] bytes = from.addresses().bytes();
        int[] offsets = from.addresses().offsets();
        int offsetsTo = pos;
        int valuesFrom = offsetsTo + (int) RecordSize.padded(4L * (count + 1));
        int valuesTo = valuesFrom;
        for (int i = 0; i < count; i++) {
            Bytes.putInt(target, offsetsTo + 4 * i, valuesTo - valuesFrom);
            int code = dst[rowOrder[begin + i]];
            if (code != NO_ADDRESS) {
                int start = offsets[code];
                int length = offsets[code + 1] - start;
                copyWords(bytes, start, length, target, valuesTo);
                valuesTo += length;
            }
        }
        Bytes.putInt(target, offsetsTo + 4 * count, valuesTo - valuesFrom);
        buffer(target, 4 * (count + 1));
        buffer(target, valuesTo - valuesFrom);
    }

    /// Copies in words of eight, up to seven bytes too many: the columns that follow in `target` are longer than
    /// that and are written later. For texts of a dozen bytes a call of `arraycopy` costs more than the copy.
    private static void copyWords(byte[] from, int start, int length, byte[] target, int to) {
        if (start + length + 7 > from.length) {
            System.arraycopy(from, start, target, to, length);
            return;
        }
        for (int i = 0; i < length; i += 8) {
            Bytes.putLong(target, to + i, Bytes.longAt(from, start + i));
        }
    }

    private void writeVersions(MeasurementColumns from, byte[] target) {
        byte[] versions = from.ipVersion();
        int[] rowOrder = order;
        int begin = first;
        int count = rows;
        boolean[] isNull = writeValidity(versionNulls, from.noVersion(), target);
        int to = pos;
        for (int i = 0; i < count; i++) {
            target[to + i] = versions[rowOrder[begin + i]];
        }
        if (isNull != null) {
            for (int i = 0; i < count; i++) {
                if (isNull[rowOrder[begin + i]]) {
                    target[to + i] = 0;
                }
            }
        }
        buffer(target, count);
    }

    private void writeRtts(MeasurementColumns from, byte[] target) {
        float[] rtts = from.rtt();
        int[] rowOrder = order;
        int begin = first;
        int count = rows;
        boolean[] isNull = writeValidity(rttNulls, from.noRtt(), target);
        int to = pos;
        for (int i = 0; i < count; i++) {
            // Not the raw bits: every NaN becomes 7fc00000.
            Bytes.putInt(target, to + 4 * i, Float.floatToIntBits(rtts[rowOrder[begin + i]]));
        }
        if (isNull != null) {
            for (int i = 0; i < count; i++) {
                if (isNull[rowOrder[begin + i]]) {
                    Bytes.putInt(target, to + 4 * i, 0);
                }
            }
        }
        buffer(target, 4 * count);
    }

    /// @return `isNull` where any of the rows is null, else null
    private boolean @Nullable [] writeValidity(int nulls, boolean @Nullable [] isNull, byte[] target) {
        if (nulls == 0 || isNull == null) {
            buffer(target, 0);
            return null;
        }
        clearBitmap(target);
        for (int i = 0; i < rows; i++) {
            target[pos + (i >> 3)] |= bit(i, !isNull[order[first + i]]);
        }
        buffer(target, (rows + 7) >> 3);
        return isNull;
    }

    private void clearBitmap(byte[] target) {
        Arrays.fill(target, pos, pos + ((rows + 7) >> 3), (byte) 0);
    }

    private static byte bit(int row, boolean isSet) {
        return (byte) (isSet ? 1 << (row & 7) : 0);
    }

    private void sumDestinations(MeasurementColumns from) {
        int[] dst = from.dst();
        int[] offsets = from.addresses().offsets();
        int[] rowOrder = order;
        long sum = 0;
        int nulls = 0;
        for (int i = first; i < first + rows; i++) {
            int code = dst[rowOrder[i]];
            if (code == NO_ADDRESS) {
                nulls++;
            } else {
                sum += offsets[code + 1] - offsets[code];
            }
        }
        dstBytes = sum;
        dstNulls = nulls;
    }

    private int nulls(boolean @Nullable [] isNull) {
        int nulls = 0;
        if (isNull != null) {
            for (int i = first; i < first + rows; i++) {
                nulls += isNull[order[i]] ? 1 : 0;
            }
        }
        return nulls;
    }

    private void startBody(int batch, int body) {
        bufferAt = batch + BUFFERS_AT;
        bodyFrom = body;
        pos = body;
    }

    /// Notes a buffer of `length` bytes that were written to `pos`, and pads it with zeros.
    private void buffer(byte[] target, int length) {
        int end = pos + length;
        note(target, length);
        for (int i = end; i < pos; i++) {
            target[i] = 0;
        }
    }

    /// Notes a buffer of `length` bytes at `pos`, and goes on behind its padding.
    private void note(byte[] target, int length) {
        Bytes.putLong(target, bufferAt, pos - bodyFrom);
        Bytes.putLong(target, bufferAt + 8, length);
        bufferAt += 16;
        pos = bodyFrom + (int) RecordSize.padded(pos - bodyFrom + length);
    }

    private void putNode(byte[] target, int at, int nulls) {
        Bytes.putLong(target, at, rows);
        Bytes.putLong(target, at + 8, nulls);
    }

    private static void putEnd(byte[] target, int at) {
        Bytes.putInt(target, at, CONTINUATION);
        Bytes.putInt(target, at + 4, 0);
    }
}
