package dyno.environment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Limits of the control group that this process is in, versions 1 and 2, at their usual mount points.
///
/// A limit of a group binds the groups below it too, so each is the tightest on the way up to the root. In a
/// container the path that `/proc/self/cgroup` names may lie outside of what is mounted; the mounted root
/// is then the container's own group. Immutable; every call reads anew, since limits change at run time.
///
/// @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
final class Cgroup {

    /// Version 1 writes "no limit" as the largest multiple of the page size; nothing above 2^60 is a limit.
    private static final long NO_LIMIT = 1L << 60;

    private final HostFiles files;

    Cgroup(HostFiles files) {
        this.files = files;
    }

    /// CPUs' worth of time a period, `1.5`; empty where unlimited or unknown.
    Optional<BigDecimal> cpuQuota() {
        return folders("cpu").stream()
                .flatMap(folder -> quota(folder).stream())
                .min(BigDecimal::compareTo)
                .map(BigDecimal::stripTrailingZeros);
    }

    private Optional<BigDecimal> quota(String folder) {
        var both = files.line(folder + "/cpu.max").map(line -> line.split(" ", -1));
        var quota = both.map(parts -> parts[0]).or(() -> files.line(folder + "/cpu.cfs_quota_us"));
        var period = both.map(parts -> parts[1]).or(() -> files.line(folder + "/cpu.cfs_period_us"));
        if (quota.isEmpty()
                || period.isEmpty()
                || quota.get().equals("max")
                || quota.get().startsWith("-")) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(quota.get()).divide(new BigDecimal(period.get()), 3, RoundingMode.HALF_UP));
    }

    /// Bytes of memory; empty where unlimited or unknown.
    OptionalLong memoryLimitBytes() {
        return folders("memory").stream()
                .flatMap(folder ->
                        files
                                .line(folder + "/memory.max")
                                .or(() -> files.line(folder + "/memory.limit_in_bytes"))
                                .stream())
                .filter(limit -> !limit.equals("max"))
                .mapToLong(Long::parseLong)
                .filter(limit -> limit < NO_LIMIT)
                .min();
    }

    /// The CPUs that the group may use, as the kernel writes them: `0-3`; empty where unknown.
    Optional<String> cpuset() {
        return folders("cpuset").stream()
                .flatMap(folder -> files
                        .line(folder + "/cpuset.cpus.effective")
                        .or(() -> files.line(folder + "/cpuset.effective_cpus"))
                        .or(() -> files.line(folder + "/cpuset.cpus"))
                        .stream())
                .findFirst();
    }

    /// `1`, `2`, or empty where there is none.
    Optional<Integer> version() {
        if (files.isFolder("sys/fs/cgroup/memory") || files.isFolder("sys/fs/cgroup/cpu")) {
            return Optional.of(1);
        }
        return files.text("sys/fs/cgroup/cgroup.controllers").map(controllers -> 2);
    }

    /// The group's folders for a controller, its own first, then its parents up to the mount.
    private List<String> folders(String controller) {
        for (var line : files.lines("proc/self/cgroup")) {
            var parts = line.split(":", 3);
            if (parts.length == 3 && Arrays.asList(parts[1].split(",")).contains(controller)) {
                var joined = "sys/fs/cgroup/" + parts[1];
                return upwards(files.isFolder(joined) ? joined : "sys/fs/cgroup/" + controller, parts[2]);
            }
        }
        for (var line : files.lines("proc/self/cgroup")) {
            if (line.startsWith("0::")) {
                return upwards("sys/fs/cgroup", line.substring(3));
            }
        }
        return List.of();
    }

    private List<String> upwards(String mount, String path) {
        var folders = new ArrayList<String>();
        for (var at = path; at.length() > 1; at = at.substring(0, at.lastIndexOf('/'))) {
            folders.add(mount + at);
        }
        folders.add(mount);
        return folders.stream().filter(files::isFolder).toList();
    }
}
