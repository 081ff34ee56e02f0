package dyno.engine.aggregation;

/// The hourly metrics of a pod row, in the order of the result's columns.
enum Metric {
    CPU_USAGE(0, "pod_usage_cpu_core_seconds", FixedPoint.CPU_BITS),
    CPU_REQUEST(1, "pod_request_cpu_core_seconds", FixedPoint.CPU_BITS),
    CPU_EFFECTIVE(2, "pod_effective_usage_cpu_core_seconds", FixedPoint.CPU_BITS),
    CPU_LIMIT(3, "pod_limit_cpu_core_seconds", FixedPoint.CPU_BITS),
    MEMORY_USAGE(4, "pod_usage_memory_byte_seconds", FixedPoint.MEMORY_BITS),
    MEMORY_REQUEST(5, "pod_request_memory_byte_seconds", FixedPoint.MEMORY_BITS),
    MEMORY_EFFECTIVE(6, "pod_effective_usage_memory_byte_seconds", FixedPoint.MEMORY_BITS),
    MEMORY_LIMIT(7, "pod_limit_memory_byte_seconds", FixedPoint.MEMORY_BITS);

    static final int COUNT = 8;
    private static final int GIGABYTE_BITS = 30;

    private final int index;
    private final String column;
    private final int bits;

    Metric(int index, String column, int bits) {
        this.index = index;
        this.column = column;
        this.bits = bits;
    }

    /// Its place among the metrics, from 0: that of its sums and of its column of the result.
    int index() {
        return index;
    }

    /// Its column in the input.
    String column() {
        return column;
    }

    int bits() {
        return bits;
    }

    boolean isCpu() {
        return bits == FixedPoint.CPU_BITS;
    }

    /// By which power of two a sum of q is larger than core-seconds or gigabyte-seconds.
    int shift() {
        return isCpu() ? bits : bits + GIGABYTE_BITS;
    }
}
