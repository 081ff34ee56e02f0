package dyno.engine.grouping;

import static dyno.engine.grouping.MeasurementColumns.NO_ADDRESS;
import static dyno.engine.grouping.RecordTemplates.END_BYTES;
import static dyno.engine.grouping.RecordTemplates.NESTED_BATCH_BYTES;
import static dyno.engine.grouping.RecordTemplates.NESTED_NODES;
import static dyno.engine.grouping.RecordTemplates.NESTED_NODES_AT;
import static dyno.engine.grouping.RecordTemplates.NESTED_SCHEMA_BYTES;
import static dyno.engine.grouping.RecordTemplates.ROWS_AT;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes a probe's rows, or some of them, as the Arrow IPC stream that a record's column `measurements` holds.
///
/// Numbers are filled into constant headers; nothing is allocated. Used by one thread at a time.
final class NestedStream {

    private final BatchBody body = new BatchBody();

    private byte[] source = {};
    private int sourceFrom;
    private int sourceLength;

    private @Nullable MeasurementColumns columns;
    private int[] order = {};
    private int first;
    private int rows;
    private long dstBytes;
    private int dstNulls;
    private int versionNulls;
    private int rttNulls;

    /// Whose rows follow.
    ///
    /// @param address array with the text, UTF-8, which is not copied
    void probe(byte[] address, int from, int length) {
        source = address;
        sourceFrom = from;
        sourceLength = length;
    }

    /// Looks at the rows `rowOrder[begin]` to `rowOrder[end - 1]`.
    ///
    /// @return length of the stream that [#write] will write
    long measure(MeasurementColumns from, int[] rowOrder, int begin, int end) {
        columns = from;
        order = rowOrder;
        first = begin;
        rows = end - begin;
        sumDestinations(from);
        versionNulls = nulls(from.noVersion());
        rttNulls = nulls(from.noRtt());
        int columnsWithNull = Integer.signum(dstNulls) + Integer.signum(versionNulls) + Integer.signum(rttNulls);
        return RecordSize.nested(rows, (long) rows * sourceLength, dstBytes, columnsWithNull);
    }

    /// Writes what was measured last.
    ///
    /// @param length of it
    void write(byte[] target, int at, int length) {
        var from = columns;
        if (from == null) {
            throw new IllegalStateException("Nothing was measured");
        }
        RecordTemplates.putNested(target, at);
        int batch = at + NESTED_SCHEMA_BYTES;
        int values = batch + NESTED_BATCH_BYTES;
        body.begin(target, batch, values, at + length - END_BYTES - values, batch + NESTED_NODES_AT);
        Bytes.putLong(target, batch + ROWS_AT, rows);
        writeTimes(from.timeMicros(), target);
        writeSource(target);
        writeDestinations(from, target);
        writeVersions(from, target);
        writeRtts(from, target);
        body.endBuffers(target, NESTED_NODES);
        body.node(target, rows, 0);
        body.node(target, rows, 0);
        body.node(target, rows, dstNulls);
        body.node(target, rows, versionNulls);
        body.node(target, rows, rttNulls);
        RecordTemplates.putEnd(target, body.pos);
    }

    private void writeTimes(long[] times, byte[] target) {
        int[] rowOrder = order;
        int begin = first;
        int count = rows;
        body.buffer(target, 0);
        int to = body.pos;
        for (int i = 0; i < count; i++) {
            Bytes.putLong(target, to + 8 * i, times[rowOrder[begin + i]]);
        }
        body.buffer(target, 8 * count);
    }

    /// The same address in each row: copied once, and then what is there already, so that copies double.
    private void writeSource(byte[] target) {
        int length = sourceLength;
        int count = rows;
        body.buffer(target, 0);
        int to = body.pos;
        for (int i = 0; i <= count; i++) {
            Bytes.putInt(target, to + 4 * i, i * length);
        }
        body.buffer(target, 4 * (count + 1));
        int total = count * length;
        System.arraycopy(source, sourceFrom, target, body.pos, length);
        int done = length;
        while (done < total) {
            int part = Math.min(done, total - done);
            System.arraycopy(target, body.pos, target, body.pos + done, part);
            done += part;
        }
        body.buffer(target, total);
    }

    private void writeDestinations(MeasurementColumns from, byte[] target) {
        int[] dst = from.dst();
        int[] rowOrder = order;
        int begin = first;
        int count = rows;
        if (dstNulls == 0) {
            body.buffer(target, 0);
        } else {
            clearBitmap(target);
            for (int i = 0; i < count; i++) {
                target[body.pos + (i >> 3)] |= bit(i, dst[rowOrder[begin + i]] != NO_ADDRESS);
            }
            body.buffer(target, (count + 7) >> 3);
        }
        byte[] bytes = from.addresses().bytes();
        int[] offsets = from.addresses().offsets();
        int offsetsTo = body.pos;
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
        body.buffer(target, 4 * (count + 1));
        body.buffer(target, valuesTo - valuesFrom);
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
        int to = body.pos;
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
        body.buffer(target, count);
    }

    private void writeRtts(MeasurementColumns from, byte[] target) {
        float[] rtts = from.rtt();
        int[] rowOrder = order;
        int begin = first;
        int count = rows;
        boolean[] isNull = writeValidity(rttNulls, from.noRtt(), target);
        int to = body.pos;
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
        body.buffer(target, 4 * count);
    }

    /// @return `isNull` where any of the rows is null, else null
    private boolean @Nullable [] writeValidity(int nulls, boolean @Nullable [] isNull, byte[] target) {
        if (nulls == 0 || isNull == null) {
            body.buffer(target, 0);
            return null;
        }
        clearBitmap(target);
        for (int i = 0; i < rows; i++) {
            target[body.pos + (i >> 3)] |= bit(i, !isNull[order[first + i]]);
        }
        body.buffer(target, (rows + 7) >> 3);
        return isNull;
    }

    private void clearBitmap(byte[] target) {
        Arrays.fill(target, body.pos, body.pos + ((rows + 7) >> 3), (byte) 0);
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
}
