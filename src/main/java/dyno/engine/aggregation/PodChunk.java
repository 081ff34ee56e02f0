package dyno.engine.aggregation;

import java.util.Arrays;
import java.util.List;

/// Rows of the pod table in columns. NaN is null. Filled by one thread, then read by one other; its arrays are used
/// again for a later chunk.
final class PodChunk {

    /// Node capacities, after the metrics in [#values].
    static final int CORES = Metric.COUNT;

    static final int CORE_SECONDS = Metric.COUNT + 1;
    static final int BYTES = Metric.COUNT + 2;
    static final int BYTE_SECONDS = Metric.COUNT + 3;
    static final int VALUES = Metric.COUNT + 4;

    /// Position among the chunks of the input: file, row group, then row order.
    long order;

    /// Where its rows are from.
    String file = "";

    int rowGroup;

    int rows;
    /// Microseconds since 1970, UTC.
    long[] starts = new long[0];
    /// Numbers in [PodNames], -1 for null. An empty node counts as null.
    int[] namespaces = new int[0];

    int[] nodes = new int[0];
    int[] resourceIds = new int[0];
    /// Only where storage rows are wanted; else empty.
    int[] pods = new int[0];

    LabelTexts labels = new LabelTexts();
    /// Values by metric, then the four capacities. Empty where the input has no such column: all null.
    final double[][] values = new double[VALUES][];
    /// What nobody asked for, read all the same where columns are not pruned.
    List<Object> others = List.of();
    /// What each row's label text was parsed to; filled by the thread that aggregates.
    int[] parsed = new int[0];

    PodChunk() {
        Arrays.fill(values, new double[0]);
    }

    /// Makes room for `capacity` rows, and forgets the rows.
    void clear(int capacity, boolean withPods) {
        rows = 0;
        others = List.of();
        if (starts.length < capacity) {
            starts = new long[capacity];
            namespaces = new int[capacity];
            nodes = new int[capacity];
            resourceIds = new int[capacity];
            parsed = new int[capacity];
        }
        if (withPods && pods.length < capacity) {
            pods = new int[capacity];
        }
        labels.clear(capacity);
    }

    double[] room(int value, int capacity) {
        if (values[value].length < capacity) {
            values[value] = new double[capacity];
        }
        return values[value];
    }

    /// Finds what the rows' label texts mean.
    void resolveLabels(LabelResolver resolver, LabelMode mode) {
        try {
            labels.resolve(resolver, mode, parsed);
        } catch (BadTextException e) {
            throw e.at(file, rowGroup);
        }
    }

    /// A copy with room for its rows and no more.
    PodChunk trimmed() {
        var copy = new PodChunk();
        copy.file = file;
        copy.rowGroup = rowGroup;
        copy.rows = rows;
        copy.starts = Arrays.copyOf(starts, rows);
        copy.namespaces = Arrays.copyOf(namespaces, rows);
        copy.nodes = Arrays.copyOf(nodes, rows);
        copy.resourceIds = Arrays.copyOf(resourceIds, rows);
        copy.pods = Arrays.copyOf(pods, Math.min(pods.length, rows));
        copy.parsed = new int[rows];
        copy.labels = labels.copy();
        for (int i = 0; i < VALUES; i++) {
            copy.values[i] = Arrays.copyOf(values[i], Math.min(values[i].length, rows));
        }
        copy.others = others;
        return copy;
    }
}
