package dyno.engine.generator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Memory nodes and the processors of each that this process may use, as Linux shows them below `/sys` and
/// `/proc`. Immutable.
///
/// @see <a href="https://docs.kernel.org/admin-guide/cputopology.html">How the kernel exports CPU topology</a>
///
/// @param nodes nodes with at least one allowed processor, in the order of their numbers
record NumaTopology(List<Node> nodes) {

    private static final Pattern NODE = Pattern.compile("node(\\d+)");
    private static final Pattern MEM_TOTAL = Pattern.compile("Node \\d+ MemTotal:\\s+(\\d{1,15}) kB");
    private static final String ALLOWED = "Cpus_allowed_list:";

    /// One node.
    ///
    /// @param number      as the kernel counts
    /// @param memoryBytes its memory; 0 where the kernel does not tell
    /// @param cpus        allowed processors: one of each physical core first, then their siblings
    record Node(int number, long memoryBytes, List<Integer> cpus) {}

    NumaTopology {
        nodes = List.copyOf(nodes);
    }

    /// @param root `/`, or the root of planted files
    /// @return no nodes where the platform shows none
    static NumaTopology read(Path root) {
        var allowed = allowed(root);
        var nodes = new ArrayList<Node>();
        var folder = root.resolve("sys/devices/system/node");
        for (int number : nodeNumbers(folder)) {
            var node = folder.resolve("node" + number);
            var cpus = CpuSet.parse(text(node.resolve("cpulist")));
            if (allowed != null) {
                cpus.and(allowed);
            }
            if (!cpus.isEmpty()) {
                nodes.add(new Node(number, memoryBytes(node.resolve("meminfo")), coresFirst(root, cpus)));
            }
        }
        return new NumaTopology(nodes);
    }

    /// Every allowed processor, in the order in which workers should take them: round-robin over nodes.
    List<Integer> roundRobin() {
        var order = new ArrayList<Integer>();
        int most = nodes.stream().mapToInt(node -> node.cpus().size()).max().orElse(0);
        for (int i = 0; i < most; i++) {
            for (var node : nodes) {
                if (i < node.cpus().size()) {
                    order.add(node.cpus().get(i));
                }
            }
        }
        return order;
    }

    private static List<Integer> nodeNumbers(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> NODE.matcher(entry.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(matcher -> Integer.valueOf(matcher.group(1)))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// What affinity and the control group both allow; null where neither can be read.
    private static @Nullable BitSet allowed(Path root) {
        BitSet allowed = null;
        for (var line : text(root.resolve("proc/self/status")).lines().toList()) {
            if (line.startsWith(ALLOWED)) {
                allowed = CpuSet.parse(line.substring(ALLOWED.length()));
            }
        }
        var group = CpuSet.parse(groupCpus(root));
        if (allowed == null) {
            return group.isEmpty() ? null : group;
        }
        if (!group.isEmpty()) {
            allowed.and(group);
        }
        return allowed;
    }

    /// Of the process's own group, or in a container of the group that is mounted as the root.
    private static String groupCpus(Path root) {
        var mounted = root.resolve("sys/fs/cgroup");
        for (var line : text(root.resolve("proc/self/cgroup")).lines().toList()) {
            if (line.startsWith("0::/")) {
                var own = text(mounted.resolve(line.substring("0::/".length())).resolve("cpuset.cpus.effective"));
                if (!own.isBlank()) {
                    return own;
                }
            }
        }
        return text(mounted.resolve("cpuset.cpus.effective"));
    }

    private static List<Integer> coresFirst(Path root, BitSet cpus) {
        var first = new ArrayList<Integer>();
        var siblings = new ArrayList<Integer>();
        Set<Integer> seenCores = new HashSet<>();
        cpus.stream().forEach(cpu -> {
            var list = CpuSet.parse(
                    text(root.resolve("sys/devices/system/cpu/cpu%d/topology/thread_siblings_list".formatted(cpu))));
            int core = list.isEmpty() ? cpu : list.nextSetBit(0);
            (seenCores.add(core) ? first : siblings).add(cpu);
        });
        first.addAll(siblings);
        return List.copyOf(first);
    }

    /// Of a line like `Node 0 MemTotal:  24619804 kB`.
    private static long memoryBytes(Path meminfo) {
        return text(meminfo)
                .lines()
                .map(MEM_TOTAL::matcher)
                .filter(Matcher::matches)
                .mapToLong(matcher -> Long.parseLong(matcher.group(1)) * 1024)
                .findFirst()
                .orElse(0);
    }

    /// Blank where there is no such file or it may not be read: the fact is unknown then.
    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
