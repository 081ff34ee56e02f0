package dyno.engine.aggregation;

import java.util.Locale;

/// The generated cluster: which pod is where, how large it is, and what it is called. Every answer is a function of
/// the workload alone. Immutable.
final class Population {

    private static final long MIB = 1 << 20;
    private static final long SECONDS = 3600;

    private final Generate generate;
    private final Draws draws;
    private final int podsPerNode;
    private final int nodes;
    private final int namespaces;

    Population(Generate generate) {
        this.generate = generate;
        this.draws = new Draws(generate.seed());
        this.podsPerNode = generate.podsPerNode();
        this.nodes = generate.nodeCount();
        this.namespaces = generate.namespaceCount();
    }

    Draws draws() {
        return draws;
    }

    int node(int pod) {
        return generate.layout() == PodLayout.SPREAD ? pod % nodes : pod / podsPerNode;
    }

    int namespace(int pod) {
        return generate.layout() == PodLayout.SPREAD ? pod / nodes % namespaces : node(pod) % namespaces;
    }

    static String podName(int pod) {
        return "pod-" + padded(pod, 6);
    }

    static String nodeName(int node) {
        return "node-" + padded(node, 4);
    }

    static String namespaceName(int namespace) {
        return "ns-" + padded(namespace, 3);
    }

    String resourceId(int node) {
        return "i-" + hex(draws.bits(12, node, 0));
    }

    String role(int node) {
        return switch (node % 10) {
            case 0 -> "master";
            case 1 -> "infra";
            default -> "worker";
        };
    }

    /// Requested milli-cores.
    long requestedMillis(int pod) {
        return 100 + 25L * draws.below(2, pod, 0, 77);
    }

    long limitMillis(int pod) {
        return requestedMillis(pod) * (120 + draws.below(3, pod, 0, 81)) / 100;
    }

    static double coreSeconds(long millis) {
        return millis * SECONDS / 1000.0;
    }

    /// CPU used in hour `hour` since the first.
    double usedCoreSeconds(long requestedMillis, int pod, int hour) {
        long used = requestedMillis * SECONDS * (200 + draws.below(4, pod, hour, 1201)) / 1000;
        return used / 1000.0;
    }

    long requestedMebibytes(int pod) {
        return 128 + 64L * draws.below(5, pod, 0, 31);
    }

    long limitMebibytes(int pod) {
        return requestedMebibytes(pod) * (120 + draws.below(6, pod, 0, 81)) / 100;
    }

    static double byteSeconds(long mebibytes) {
        return mebibytes * MIB * SECONDS;
    }

    double usedByteSeconds(long requestedMebibytes, int pod, int hour) {
        long bytes = requestedMebibytes * MIB * (200 + draws.below(7, pod, hour, 1201)) / 1000;
        return (double) (bytes * SECONDS);
    }

    long cores(int node) {
        return 8L * (Math.ceilDiv(podsPerNode, 8) + draws.below(8, node, 0, 3));
    }

    long memoryBytes(int node) {
        return (cores(node) * 4) << 30;
    }

    /// What is wrong with a row, 0 … 5; -1 where nothing is.
    int defect(int pod, int hour) {
        return draws.below(9, pod, hour, 1_000_000) < generate.defectsPerMillion() ? draws.below(10, pod, hour, 6) : -1;
    }

    static String padded(long number, int digits) {
        var text = Long.toString(number);
        return text.length() >= digits ? text : "0".repeat(digits - text.length()) + text;
    }

    static String hex(long bits) {
        return String.format(Locale.ROOT, "%016x", bits);
    }
}
