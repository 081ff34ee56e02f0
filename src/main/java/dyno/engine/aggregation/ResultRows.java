package dyno.engine.aggregation;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Result rows as values ready to load, in columns. Filled by one thread, then read by any number.
///
/// Decimals are counts of millionths; texts are numbers in [PodNames], labels numbers in [LabelSets].
final class ResultRows {

    /// Decimal columns: pod metrics by [Metric], then these.
    static final int NODE_CORES = Metric.COUNT;

    static final int NODE_CORE_HOURS = Metric.COUNT + 1;
    static final int NODE_GIGABYTES = Metric.COUNT + 2;
    static final int NODE_GIGABYTE_HOURS = Metric.COUNT + 3;
    static final int CLUSTER_CORE_HOURS = Metric.COUNT + 4;
    static final int CLUSTER_GIGABYTE_HOURS = Metric.COUNT + 5;
    static final int CLAIM_GIGABYTES = Metric.COUNT + 6;
    static final int CLAIM_GIGABYTE_MONTHS = Metric.COUNT + 7;
    static final int REQUEST_MONTHS = Metric.COUNT + 8;
    static final int USAGE_MONTHS = Metric.COUNT + 9;
    static final int DECIMALS = Metric.COUNT + 10;

    /// Text columns.
    static final int NODE = 0;

    static final int RESOURCE = 1;
    static final int CLAIM = 2;
    static final int VOLUME = 3;
    static final int STORAGE_CLASS = 4;
    static final int HANDLE = 5;
    static final int TEXTS = 6;

    private static final String[] TEXT_NAMES = {
        "node", "resource_id", "persistentvolumeclaim", "persistentvolume", "storageclass", "csi_volume_handle"
    };

    private static final String[] DECIMAL_NAMES = {
        "pod_usage_cpu_core_hours",
        "pod_request_cpu_core_hours",
        "pod_effective_usage_cpu_core_hours",
        "pod_limit_cpu_core_hours",
        "pod_usage_memory_gigabyte_hours",
        "pod_request_memory_gigabyte_hours",
        "pod_effective_usage_memory_gigabyte_hours",
        "pod_limit_memory_gigabyte_hours",
        "node_capacity_cpu_cores",
        "node_capacity_cpu_core_hours",
        "node_capacity_memory_gigabytes",
        "node_capacity_memory_gigabyte_hours",
        "cluster_capacity_cpu_core_hours",
        "cluster_capacity_memory_gigabyte_hours",
        "persistentvolumeclaim_capacity_gigabyte",
        "persistentvolumeclaim_capacity_gigabyte_months",
        "volume_request_storage_gigabyte_months",
        "persistentvolumeclaim_usage_gigabyte_months"
    };

    private int size;
    private Output[] kinds;
    private int[] days;
    private int[] namespaces;
    private int[] labels;
    private long[] categories;
    private final int[][] texts = new int[TEXTS][];
    private final long[][] decimals = new long[DECIMALS][];
    private final Map<Long, BigInteger> wide = new HashMap<>();

    ResultRows(int capacity) {
        int room = Math.max(16, capacity);
        kinds = new Output[room];
        days = new int[room];
        namespaces = new int[room];
        labels = new int[room];
        categories = new long[room];
        Arrays.setAll(texts, i -> new int[room]);
        Arrays.setAll(decimals, i -> new long[room]);
    }

    /// Forgets all rows and keeps the memory.
    void clear() {
        size = 0;
        wide.clear();
    }

    /// Makes room for so many rows at once.
    void reserve(int rows) {
        if (days.length < rows) {
            grow(rows);
        }
    }

    /// The table's column.
    static String textName(int column) {
        return TEXT_NAMES[column];
    }

    /// The table's column.
    static String decimalName(int column) {
        return DECIMAL_NAMES[column];
    }

    int size() {
        return size;
    }

    /// Begins a row, everything else of it null.
    int begin(Output kind, int day, int namespace, int labelSet, long category) {
        if (size == days.length) {
            grow(2 * size);
        }
        int row = size++;
        kinds[row] = kind;
        days[row] = day;
        namespaces[row] = namespace;
        labels[row] = labelSet;
        categories[row] = category;
        for (int[] text : texts) {
            text[row] = Names.NULL;
        }
        for (long[] decimal : decimals) {
            decimal[row] = Micros.NULL;
        }
        return row;
    }

    void text(int row, int column, int number) {
        texts[column][row] = number;
    }

    /// @param micros a value that is not [Micros#WIDE]
    void decimal(int row, int column, long micros) {
        decimals[column][row] = micros;
    }

    /// A value of any size.
    ///
    /// @param group for the message: what the row is about
    /// @throws EngineException where it has more than 18 integer digits
    void decimal(int row, int column, BigInteger micros, String group) {
        if (Micros.isNarrow(micros)) {
            decimals[column][row] = micros.longValueExact();
            return;
        }
        if (Micros.isTooLarge(micros)) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT,
                    "Column %s of group %s has more than 18 integer digits: %s millionths"
                            .formatted(DECIMAL_NAMES[column], group, micros));
        }
        decimals[column][row] = Micros.WIDE;
        wide.put(wideKey(row, column), micros);
    }

    /// A double sum of core-seconds or byte-seconds as hours.
    void doubleHours(int row, int column, GroupTable groups, int group, Metric metric) {
        if (groups.hasValue(group, metric)) {
            double hours = groups.doubleSum(group, metric) / 3600 / (1L << (metric.shift() - metric.bits()));
            long micros = Micros.narrow(hours);
            if (micros != Micros.WIDE) {
                decimals[column][row] = micros;
            } else {
                decimal(row, column, Micros.ofDouble(hours), "of double sums");
            }
        }
    }

    Output kind(int row) {
        return kinds[row];
    }

    int day(int row) {
        return days[row];
    }

    int namespace(int row) {
        return namespaces[row];
    }

    int labels(int row) {
        return labels[row];
    }

    /// [Micros#NULL] for none.
    long category(int row) {
        return categories[row];
    }

    int text(int row, int column) {
        return texts[column][row];
    }

    /// [Micros#NULL], [Micros#WIDE] or the value.
    long decimal(int row, int column) {
        return decimals[column][row];
    }

    @Nullable
    BigInteger exact(int row, int column) {
        long micros = decimals[column][row];
        if (micros == Micros.NULL) {
            return null;
        }
        return micros == Micros.WIDE ? wide.get(wideKey(row, column)) : BigInteger.valueOf(micros);
    }

    long count(Output kind) {
        return Arrays.stream(kinds, 0, size).filter(k -> k == kind).count();
    }

    private void grow(int capacity) {
        kinds = Arrays.copyOf(kinds, capacity);
        days = Arrays.copyOf(days, capacity);
        namespaces = Arrays.copyOf(namespaces, capacity);
        labels = Arrays.copyOf(labels, capacity);
        categories = Arrays.copyOf(categories, capacity);
        Arrays.setAll(texts, i -> Arrays.copyOf(texts[i], capacity));
        Arrays.setAll(decimals, i -> Arrays.copyOf(decimals[i], capacity));
    }

    private static long wideKey(int row, int column) {
        return (long) row * DECIMALS + column;
    }
}
