package dyno.environment;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// How busy the host is right now, as the kernel tells. Every call reads anew. Safe for any number of threads.
public final class HostLoad {

    /// What tasks can be short of.
    public enum Resource {
        CPU,
        MEMORY,
        IO
    }

    /// Time of all CPUs since the machine started.
    ///
    /// @param totalSeconds idle time included, guest time counted once
    /// @param stealSeconds time that the hypervisor gave to other machines
    public record CpuTime(double totalSeconds, double stealSeconds) {

        /// Share of the time since `earlier` that was stolen, 0 to 1; empty where no time has passed.
        public OptionalDouble stealRatioSince(CpuTime earlier) {
            double total = totalSeconds - earlier.totalSeconds;
            return total > 0
                    ? OptionalDouble.of(Math.clamp((stealSeconds - earlier.stealSeconds) / total, 0.0, 1.0))
                    : OptionalDouble.empty();
        }
    }

    /// `/proc/stat` counts in hundredths of a second on every architecture that Linux has users on.
    private static final double TICKS_PER_SECOND = 100;

    /// user, nice, system, idle, iowait, irq, softirq, steal; what follows is counted in user and nice already.
    private static final int STAT_FIELDS = 8;

    private static final int STEAL = 7;

    /// Where `/proc/loadavg` has `running/all`.
    private static final int RUNNABLE = 3;

    private static final Pattern SOME_AVG10 = Pattern.compile("(?m)^some avg10=(\\d+\\.\\d+) ");

    private static final Pattern SOME_TOTAL = Pattern.compile("(?m)^some .* total=(\\d+)$");

    private final HostFiles files;

    /// @param root where `proc` is: `/`, or a tree that a test planted
    public HostLoad(Path root) {
        this.files = new HostFiles(root);
    }

    /// Tasks that run or wait for a CPU or a disk, averaged over a minute.
    public OptionalDouble loadAverage() {
        return files.line("proc/loadavg")
                .map(line -> OptionalDouble.of(Double.parseDouble(line.split(" ", 2)[0])))
                .orElse(OptionalDouble.empty());
    }

    /// Tasks that run or wait for a CPU at this moment, whoever asks among them.
    public OptionalInt runnableTasks() {
        return files.line("proc/loadavg").stream()
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields.length > RUNNABLE && fields[RUNNABLE].contains("/"))
                .mapToInt(fields -> Integer.parseInt(fields[RUNNABLE].substring(0, fields[RUNNABLE].indexOf('/'))))
                .findFirst();
    }

    /// Microseconds since the machine started in which some task waited for the resource; empty where the kernel does
    /// not account for pressure.
    public OptionalLong stalledMicros(Resource resource) {
        return pressureText(resource).map(SOME_TOTAL::matcher).stream()
                .filter(matcher -> matcher.find())
                .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                .findFirst();
    }

    /// Share of the last ten seconds in which some task waited for the resource, 0 to 1; empty where the
    /// kernel does not account for pressure.
    public OptionalDouble pressure(Resource resource) {
        return pressureText(resource).map(SOME_AVG10::matcher).stream()
                .filter(matcher -> matcher.find())
                .mapToDouble(matcher -> Double.parseDouble(matcher.group(1)) / 100)
                .findFirst();
    }

    private Optional<String> pressureText(Resource resource) {
        var name = switch (resource) {
            case CPU -> "cpu";
            case MEMORY -> "memory";
            case IO -> "io";
        };
        return files.text("proc/pressure/" + name);
    }

    /// Empty where the kernel does not tell.
    public Optional<CpuTime> cpuTime() {
        return files.lines("proc/stat").stream()
                .filter(line -> line.startsWith("cpu "))
                .map(line -> Arrays.stream(line.substring(4).strip().split(" ", -1))
                        .mapToLong(Long::parseLong)
                        .toArray())
                .filter(ticks -> ticks.length >= STAT_FIELDS)
                .map(ticks -> new CpuTime(
                        Arrays.stream(ticks, 0, STAT_FIELDS).sum() / TICKS_PER_SECOND, ticks[STEAL] / TICKS_PER_SECOND))
                .findFirst();
    }
}
