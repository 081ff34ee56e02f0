package dyno.environment;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// The CPUs that are online, and what they share, from `/sys/devices/system`. Immutable.
final class Topology {

    private static final String CPUS = "sys/devices/system/cpu";
    private static final Pattern INDEX = Pattern.compile("index\\d+");
    private static final Pattern NODE = Pattern.compile("node\\d+");
    private static final Pattern SIZE = Pattern.compile("(\\d+)([KMG]?)");

    private final HostFiles files;
    private final BitSet online;

    Topology(HostFiles files) {
        this.files = files;
        this.online = files.line(CPUS + "/online").map(CpuList::parse).orElseGet(BitSet::new);
    }

    OptionalInt threads() {
        return positive(online.cardinality());
    }

    /// Physical cores of the machine.
    OptionalInt cores() {
        return cores(online);
    }

    /// Physical cores that have at least one CPU of `allowed`.
    OptionalInt cores(BitSet allowed) {
        var cpus = (BitSet) allowed.clone();
        cpus.and(online);
        return distinct(cpus, "topology/thread_siblings_list");
    }

    OptionalInt sockets() {
        return distinct(online, "topology/physical_package_id");
    }

    OptionalInt numaNodes() {
        return positive(files.names("sys/devices/system/node", NODE).size());
    }

    /// How many values a file of each CPU has; empty where one of the CPUs has no such file.
    private OptionalInt distinct(BitSet cpus, String file) {
        var values = new HashSet<String>();
        for (int cpu = cpus.nextSetBit(0); cpu >= 0; cpu = cpus.nextSetBit(cpu + 1)) {
            var value = files.line("%s/cpu%d/%s".formatted(CPUS, cpu, file));
            if (value.isEmpty()) {
                return OptionalInt.empty();
            }
            values.add(value.get());
        }
        return positive(values.size());
    }

    /// Size of one cache of the first CPU.
    ///
    /// @param level 1 to 3
    /// @param type  `Data` or `Instruction`; a unified cache counts as either
    OptionalLong cacheBytes(int level, String type) {
        return online.isEmpty()
                ? OptionalLong.empty()
                : cache(online.nextSetBit(0), level, type)
                        .map(Cache::bytes)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty());
    }

    /// Third-level cache of the first CPU's socket: the sum of its slices, where its cores are in groups.
    OptionalLong l3Bytes() {
        if (online.isEmpty()) {
            return OptionalLong.empty();
        }
        int first = online.nextSetBit(0);
        var socket = files.line("%s/cpu%d/topology/physical_package_id".formatted(CPUS, first));
        var seen = new HashSet<String>();
        long bytes = 0;
        for (int cpu = first; cpu >= 0; cpu = online.nextSetBit(cpu + 1)) {
            var cache = cache(cpu, 3, "Data");
            boolean sameSocket = cpu == first
                    || files.line("%s/cpu%d/topology/physical_package_id".formatted(CPUS, cpu))
                            .equals(socket);
            if (sameSocket && cache.isPresent() && seen.add(cache.get().sharedBy())) {
                bytes += cache.get().bytes();
            }
        }
        return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    private record Cache(long bytes, String sharedBy) {}

    private Optional<Cache> cache(int cpu, int level, String type) {
        var folder = "%s/cpu%d/cache".formatted(CPUS, cpu);
        for (var index : files.names(folder, INDEX)) {
            var path = folder + "/" + index;
            var kind = files.line(path + "/type").orElse("");
            if (files.line(path + "/level").equals(Optional.of(Integer.toString(level)))
                    && (kind.equals(type) || kind.equals("Unified"))) {
                var shared = files.line(path + "/shared_cpu_list").orElse(Integer.toString(cpu));
                return files.line(path + "/size").flatMap(Topology::size).map(bytes -> new Cache(bytes, shared));
            }
        }
        return Optional.empty();
    }

    /// `32768K` in bytes.
    private static Optional<Long> size(String text) {
        var matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int shift = switch (matcher.group(2)) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            default -> 0;
        };
        return Optional.of(Long.parseLong(matcher.group(1)) << shift);
    }

    private static OptionalInt positive(int count) {
        return count > 0 ? OptionalInt.of(count) : OptionalInt.empty();
    }
}
