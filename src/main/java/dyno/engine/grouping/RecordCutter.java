package dyno.engine.grouping;

import static dyno.engine.grouping.MeasurementColumns.NO_ADDRESS;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a probe's rows into parts whose nested streams keep within a limit: from the left each part takes as many
/// rows as fit, and one row where even that is too long.
///
/// Sizes come from running sums, so that a part's end is found by bisection, without writing anything. Keeps its
/// memory. Used by one thread at a time. Benchmark: `CutBenchmark`.
///
/// ```java
/// cutter.load(columns, order, begin, end, addressLength);
/// for (int from = begin; from < end; ) {
///     int to = cutter.partEnd(from);
///     encoder.measure(columns, order, from, to);
///     …
///     from = to;
/// }
/// ```
///
/// Whoever holds a part of a probe's rows only loads what it has: an end that is `end` may lie further with more rows,
/// every other end is final.
final class RecordCutter {

    private final int maxRowBytes;

    private int begin;
    private int end;
    private int addressLength;
    /// Lengths of destinations up to each row, from 0.
    private long[] dstBytes = {};
    /// Nulls up to each row, from 0.
    private int[] dstNulls = {};

    private int[] versionNulls = {};
    private int[] rttNulls = {};
    private boolean hasVersionNulls;
    private boolean hasRttNulls;

    /// @param maxRowBytes most bytes of a nested stream of two rows or more
    RecordCutter(int maxRowBytes) {
        this.maxRowBytes = maxRowBytes;
    }

    /// Sums up the rows `rowOrder[from]` to `rowOrder[to - 1]` of one probe.
    ///
    /// @param sourceLength bytes of the probe's address
    void load(MeasurementColumns columns, int[] rowOrder, int from, int to, int sourceLength) {
        begin = from;
        end = to;
        addressLength = sourceLength;
        int needed = to - from + 1;
        if (dstBytes.length < needed) {
            dstBytes = new long[needed];
            dstNulls = new int[needed];
        }
        sumDestinations(columns.dst(), columns.addresses().offsets(), rowOrder);
        hasVersionNulls = columns.noVersion() != null;
        versionNulls = sumNulls(versionNulls, columns.noVersion(), rowOrder);
        hasRttNulls = columns.noRtt() != null;
        rttNulls = sumNulls(rttNulls, columns.noRtt(), rowOrder);
    }

    /// Where the part that begins at index `from` of the row order ends, exclusive.
    int partEnd(int from) {
        int fits = from + 1;
        int tooMany = end + 1;
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) >>> 1;
            if (size(from, middle) <= maxRowBytes) {
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        return fits;
    }

    /// Never smaller with more rows, which the bisection needs.
    private long size(int from, int to) {
        int a = from - begin;
        int b = to - begin;
        int columnsWithNull = Integer.signum(dstNulls[b] - dstNulls[a]);
        if (hasVersionNulls) {
            columnsWithNull += Integer.signum(versionNulls[b] - versionNulls[a]);
        }
        if (hasRttNulls) {
            columnsWithNull += Integer.signum(rttNulls[b] - rttNulls[a]);
        }
        long rows = (long) b - a;
        return RecordSize.nested(rows, rows * addressLength, dstBytes[b] - dstBytes[a], columnsWithNull);
    }

    private void sumDestinations(int[] dst, int[] offsets, int[] rowOrder) {
        long bytes = 0;
        int nulls = 0;
        long[] bytesTo = dstBytes;
        int[] nullsTo = dstNulls;
        int count = end - begin;
        for (int i = 0; i < count; i++) {
            int code = dst[rowOrder[begin + i]];
            if (code == NO_ADDRESS) {
                nulls++;
            } else {
                bytes += offsets[code + 1] - offsets[code];
            }
            bytesTo[i + 1] = bytes;
            nullsTo[i + 1] = nulls;
        }
    }

    private int[] sumNulls(int[] kept, boolean @Nullable [] isNull, int[] rowOrder) {
        if (isNull == null) {
            return kept;
        }
        int count = end - begin;
        int[] sums = kept.length > count ? kept : Arrays.copyOf(kept, count + 1);
        for (int i = 0; i < count; i++) {
            sums[i + 1] = sums[i] + (isNull[rowOrder[begin + i]] ? 1 : 0);
        }
        return sums;
    }
}
