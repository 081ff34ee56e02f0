package dyno.engine.grouping;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Rows that come probe by probe in their order, as columns that grow. Keeps its memory; used by one thread at a time.
final class RowStore {

    private static final int FIRST_ROWS = 1 << 12;

    private long[] times = new long[FIRST_ROWS];
    private int[] destinations = new int[FIRST_ROWS];
    private byte[] versions = new byte[FIRST_ROWS];
    private float[] rtts = new float[FIRST_ROWS];
    private boolean[] noVersion = new boolean[FIRST_ROWS];
    private boolean[] noRtt = new boolean[FIRST_ROWS];
    private int[] order = {};
    private boolean hasNoVersion;
    private boolean hasNoRtt;
    private int rows;
    private final TextList destinationTexts = new TextList();
    private final TextList sources = new TextList();
    private int[] starts = new int[64];

    void clear() {
        rows = 0;
        hasNoVersion = false;
        hasNoRtt = false;
        destinationTexts.clear();
        sources.clear();
    }

    int rows() {
        return rows;
    }

    /// Begins a probe; the rows that follow are its.
    void beginProbe(byte[] address, int from, int length) {
        int probe = sources.size();
        if (probe + 1 >= starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[probe] = rows;
        sources.add(address, from, length);
    }

    /// Begins a row; what is not put is null.
    void beginRow(long micros) {
        if (rows == times.length) {
            grow();
        }
        times[rows] = micros;
        destinations[rows] = MeasurementColumns.NO_ADDRESS;
        noVersion[rows] = true;
        noRtt[rows] = true;
    }

    void destination(byte[] text, int from, int length) {
        destinations[rows] = destinationTexts.size();
        destinationTexts.add(text, from, length);
    }

    void version(byte version) {
        versions[rows] = version;
        noVersion[rows] = false;
    }

    void rtt(float rtt) {
        rtts[rows] = rtt;
        noRtt[rows] = false;
    }

    void endRow() {
        hasNoVersion |= noVersion[rows];
        hasNoRtt |= noRtt[rows];
        rows++;
    }

    /// Adds rows of another store, from an index in their order on.
    void addAll(Grouped grouped, int from) {
        var columns = grouped.columns();
        var texts = columns.addresses();
        var withoutVersion = columns.noVersion();
        var withoutRtt = columns.noRtt();
        for (int i = from; i < grouped.rows(); i++) {
            int row = grouped.order()[i];
            beginRow(columns.timeMicros()[row]);
            int code = columns.dst()[row];
            if (code >= 0) {
                destination(texts.bytes(), texts.offsets()[code], texts.length(code));
            }
            if (withoutVersion == null || !withoutVersion[row]) {
                version(columns.ipVersion()[row]);
            }
            if (withoutRtt == null || !withoutRtt[row]) {
                rtt(columns.rtt()[row]);
            }
            endRow();
        }
    }

    private void grow() {
        int room = (int) Math.min(InputColumns.MOST_ROWS, 2L * times.length);
        if (room == rows) {
            throw new IllegalStateException("More than %d rows".formatted(rows));
        }
        times = Arrays.copyOf(times, room);
        destinations = Arrays.copyOf(destinations, room);
        versions = Arrays.copyOf(versions, room);
        rtts = Arrays.copyOf(rtts, room);
        noVersion = Arrays.copyOf(noVersion, room);
        noRtt = Arrays.copyOf(noRtt, room);
    }

    /// What was stored, valid until the next change.
    Grouped grouped() {
        int probes = sources.size();
        int[] ends = Arrays.copyOf(starts, probes + 1);
        ends[probes] = rows;
        if (order.length < rows) {
            order = identity(times.length);
        }
        boolean @Nullable [] withoutVersion = hasNoVersion ? noVersion : null;
        boolean @Nullable [] withoutRtt = hasNoRtt ? noRtt : null;
        return new Grouped(
                new MeasurementColumns(
                        times, destinations, destinationTexts.addresses(), versions, rtts, withoutVersion, withoutRtt),
                order,
                ends,
                sources.addresses(),
                identity(probes));
    }

    private static int[] identity(int count) {
        int[] all = new int[count];
        for (int i = 0; i < count; i++) {
            all[i] = i;
        }
        return all;
    }
}
