package dyno.engine.aggregation;

/// The hourly metrics of a pod row, in the order of the result's columns.
enum Metric {
    CPU_USAGE("pod_usage_cpu_core_seconds", FixedPoint.CPU_BITS),
    CPU_REQUEST("pod_request_cpu_core_seconds", FixedPoint.CPU_BITS),
    CPU_EFFECTIVE("pod_effective_usage_cpu_core_seconds", FixedPoint.CPU_BITS),
    CPU_LIMIT("pod_limit_cpu_core_seconds", FixedPoint.CPU_BITS),
    MEMORY_USAGE("pod_usage_memory_byte_seconds", FixedPoint.MEMORY_BITS),
    MEMORY_REQUEST("pod_request_memory_byte_seconds", FixedPoint.MEMORY_BITS),
    MEMORY_EFFECTIVE("pod_effective_usage_memory_byte_seconds", FixedPoint.MEMORY_BITS),
    MEMORY_LIMIT("pod_limit_memory_byte_seconds", FixedPoint.MEMORY_BITS);

    static final int COUNT = 8;
    private static final int GIGABYTE_BITS = 30;

    private final String column;
    private final int bits;

    Metric(String column, int bits) {
        this.column = column;
        this.bits = bits;
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
