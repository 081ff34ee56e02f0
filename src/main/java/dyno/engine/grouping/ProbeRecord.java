package dyno.engine.grouping;

import java.util.Arrays;
import java.util.List;

/// A record as it is read back: what its columns say, and the probe's rows. Shares nothing with the encoder.
///
/// Keeps its memory for the next record; texts are ranges of the array that was read. Used by one thread at a time.
public final class ProbeRecord {

    private static final List<IpcColumn> OUTER = List.of(
            new IpcColumn("src_id", IpcColumn.Type.INT64),
            new IpcColumn("measurements", IpcColumn.Type.BINARY),
            new IpcColumn("n_measurements", IpcColumn.Type.INT32),
            new IpcColumn("time_span_seconds", IpcColumn.Type.FLOAT64),
            new IpcColumn("first_timestamp", IpcColumn.Type.TIMESTAMP),
            new IpcColumn("last_timestamp", IpcColumn.Type.TIMESTAMP));

    private static final List<IpcColumn> NESTED = List.of(
            new IpcColumn("event_time", IpcColumn.Type.TIMESTAMP),
            new IpcColumn("src_addr", IpcColumn.Type.UTF8),
            new IpcColumn("dst_addr", IpcColumn.Type.UTF8),
            new IpcColumn("ip_version", IpcColumn.Type.INT8),
            new IpcColumn("rtt", IpcColumn.Type.FLOAT32));

    private static final int TIME = 0;
    private static final int SOURCE = 1;
    private static final int DST = 2;
    private static final int VERSION = 3;
    private static final int RTT = 4;
    private static final int NULL = -1;

    private final IpcStream outer = new IpcStream(OUTER);
    private final IpcStream nested = new IpcStream(NESTED);

    private byte[] bytes = {};
    private long srcId;
    private int measurements;
    private double spanSeconds;
    private long firstMicros;
    private long lastMicros;
    private int nestedBytes;

    private int rows;
    private long[] times = {};
    private int[] sourceFrom = {};
    private int[] sourceLength = {};
    private int[] dstFrom = {};
    private int[] dstLength = {};
    private byte[] versions = {};
    private boolean[] noVersion = {};
    private float[] rtts = {};
    private boolean[] noRtt = {};

    /// Reads a record.
    ///
    /// @param data not copied: texts are ranges of it, valid as long as it does not change
    /// @throws InvalidRecordException where it is not a stream of one row of the schema, or holds another stream
    public void read(byte[] data, int from, int length) {
        bytes = data;
        outer.open(data, from, length, from);
        if (!outer.nextBatch() || outer.rows() != 1) {
            throw new InvalidRecordException(0, "Record is not a batch of one row");
        }
        for (int column = 0; column < OUTER.size(); column++) {
            if (outer.isNull(column, 0)) {
                throw new InvalidRecordException(
                        0, "%s is null".formatted(OUTER.get(column).name()));
            }
        }
        srcId = Bytes.longAt(data, outer.valueAt(0, 0));
        int nestedFrom = outer.textFrom(1, 0);
        nestedBytes = outer.textLength(1, 0);
        measurements = Bytes.intAt(data, outer.valueAt(2, 0));
        spanSeconds = Double.longBitsToDouble(Bytes.longAt(data, outer.valueAt(3, 0)));
        firstMicros = Bytes.longAt(data, outer.valueAt(4, 0));
        lastMicros = Bytes.longAt(data, outer.valueAt(5, 0));
        while (outer.nextBatch()) {
            if (outer.rows() > 0) {
                throw new InvalidRecordException(0, "Record has more than one row");
            }
        }
        nested.open(data, nestedFrom, nestedBytes, from);
        rows = 0;
        while (nested.nextBatch()) {
            addBatch(from);
        }
    }

    private void addBatch(int recordFrom) {
        int batch = nested.rows();
        grow((long) rows + batch);
        for (int i = 0; i < batch; i++) {
            int row = rows + i;
            if (nested.isNull(TIME, i) || nested.isNull(SOURCE, i)) {
                throw new InvalidRecordException(
                        nested.valueAt(TIME, i) - recordFrom,
                        "event_time or src_addr of row %d is null".formatted(row));
            }
            times[row] = Bytes.longAt(bytes, nested.valueAt(TIME, i));
            sourceFrom[row] = nested.textFrom(SOURCE, i);
            sourceLength[row] = nested.textLength(SOURCE, i);
            dstFrom[row] = nested.textFrom(DST, i);
            dstLength[row] = nested.isNull(DST, i) ? NULL : nested.textLength(DST, i);
            versions[row] = bytes[nested.valueAt(VERSION, i)];
            noVersion[row] = nested.isNull(VERSION, i);
            rtts[row] = Float.intBitsToFloat(Bytes.intAt(bytes, nested.valueAt(RTT, i)));
            noRtt[row] = nested.isNull(RTT, i);
        }
        rows += batch;
    }

    private void grow(long needed) {
        if (needed <= times.length) {
            return;
        }
        // A row takes 21 bytes of the record at least, so that there are fewer than 2^27.
        int capacity = (int) Math.max(needed, 2L * times.length);
        times = Arrays.copyOf(times, capacity);
        sourceFrom = Arrays.copyOf(sourceFrom, capacity);
        sourceLength = Arrays.copyOf(sourceLength, capacity);
        dstFrom = Arrays.copyOf(dstFrom, capacity);
        dstLength = Arrays.copyOf(dstLength, capacity);
        versions = Arrays.copyOf(versions, capacity);
        noVersion = Arrays.copyOf(noVersion, capacity);
        rtts = Arrays.copyOf(rtts, capacity);
        noRtt = Arrays.copyOf(noRtt, capacity);
    }

    public long srcId() {
        return srcId;
    }

    /// What `n_measurements` says.
    public int measurements() {
        return measurements;
    }

    public double spanSeconds() {
        return spanSeconds;
    }

    /// What `first_timestamp` says.
    public long firstMicros() {
        return firstMicros;
    }

    /// What `last_timestamp` says.
    public long lastMicros() {
        return lastMicros;
    }

    /// Length of the nested stream.
    public int nestedBytes() {
        return nestedBytes;
    }

    /// Rows of the nested stream.
    public int rows() {
        return rows;
    }

    /// The array that was read, which texts are ranges of.
    public byte[] bytes() {
        return bytes;
    }

    public long timeMicros(int row) {
        return times[row];
    }

    public int sourceFrom(int row) {
        return sourceFrom[row];
    }

    public int sourceLength(int row) {
        return sourceLength[row];
    }

    public int dstFrom(int row) {
        return dstFrom[row];
    }

    /// -1 for null.
    public int dstLength(int row) {
        return dstLength[row];
    }

    /// Without meaning where [#isVersionNull].
    public byte ipVersion(int row) {
        return versions[row];
    }

    public boolean isVersionNull(int row) {
        return noVersion[row];
    }

    /// Without meaning where [#isRttNull].
    public float rtt(int row) {
        return rtts[row];
    }

    public boolean isRttNull(int row) {
        return noRtt[row];
    }
}
