package dyno.environment;

import dyno.engine.Metrics;
import dyno.environment.HostLoad.CpuTime;
import dyno.environment.HostLoad.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Looks how noisy the machine is while nothing of Dyno's is measured: about ten milliseconds, before each
/// fork.
///
/// Safe for any number of threads, one at a time; two at once would hear each other.
public final class NoiseProbe {

    static final String NO_PRESSURE_ACCOUNTING = "NO_PRESSURE_ACCOUNTING";
    static final String NO_CPU_ACCOUNTING = "NO_CPU_ACCOUNTING";
    static final String NO_LOADAVG = "NO_LOADAVG";

    /// Less than a tick of `/proc/stat` has passed since the look before.
    static final String NO_TIME_PASSED = "NO_TIME_PASSED";

    private final HostLoad load;
    private final Canary canary;
    private final LongSupplier nanoTime;
    private Optional<CpuTime> last;

    /// @param root     where `proc` is
    /// @param nanoTime the canary's clock
    public NoiseProbe(Path root, LongSupplier nanoTime) {
        this.load = new HostLoad(root);
        this.canary = new Canary(nanoTime);
        this.nanoTime = nanoTime;
        this.last = load.cpuTime();
    }

    /// Looks once.
    ///
    /// `canaryScore` and `canarySpread` as [Canary] has them; `load`, the average of the last minute;
    /// `runnableTasks`, how many others wanted a processor, the median of looks between the canary's
    /// passes; `cpuPressure`, `memoryPressure` and `ioPressure`, the share of this look in which some task
    /// waited; `stealRatio`, the share of the processors' time that the hypervisor took since the look
    /// before. One that the kernel does not tell is null with its reason in `…Reason`.
    public synchronized Map<String, @Nullable Object> look() {
        var runnable = new ArrayList<Integer>();
        var before = stalls();
        long start = nanoTime.getAsLong();
        var song = canary.sing(() -> load.runnableTasks().ifPresent(runnable::add));
        double micros = (double) (nanoTime.getAsLong() - start) / TimeUnit.MICROSECONDS.toNanos(1);
        var after = stalls();
        var metrics = new Metrics().put("canaryScore", song.score()).put("canarySpread", song.spread());
        put(metrics, "load", load.loadAverage(), NO_LOADAVG);
        if (runnable.isEmpty()) {
            metrics.absent("runnableTasks", NO_LOADAVG);
        } else {
            metrics.put("runnableTasks", others(runnable));
        }
        for (var resource : Resource.values()) {
            var from = before.get(resource);
            var to = after.get(resource);
            put(
                    metrics,
                    pressureName(resource),
                    from == null || to == null || from.isEmpty() || to.isEmpty() || micros <= 0
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(Math.min(1, (to.getAsLong() - from.getAsLong()) / micros)),
                    NO_PRESSURE_ACCOUNTING);
        }
        putSteal(metrics);
        return metrics.values();
    }

    private static String pressureName(Resource resource) {
        return switch (resource) {
            case CPU -> "cpuPressure";
            case MEMORY -> "memoryPressure";
            case IO -> "ioPressure";
        };
    }

    private void putSteal(Metrics metrics) {
        var now = load.cpuTime();
        if (now.isEmpty() || last.isEmpty()) {
            metrics.absent("stealRatio", NO_CPU_ACCOUNTING);
        } else {
            put(metrics, "stealRatio", now.get().stealRatioSince(last.get()), NO_TIME_PASSED);
        }
        last = now;
    }

    private Map<Resource, OptionalLong> stalls() {
        return Map.of(
                Resource.CPU, load.stalledMicros(Resource.CPU),
                Resource.MEMORY, load.stalledMicros(Resource.MEMORY),
                Resource.IO, load.stalledMicros(Resource.IO));
    }

    /// The median without the thread that looks, which runs itself.
    private static long others(List<Integer> runnable) {
        var sorted = runnable.stream().sorted().toList();
        return Math.max(0, sorted.get(sorted.size() / 2) - 1);
    }

    private static void put(Metrics metrics, String name, OptionalDouble value, String reason) {
        if (value.isPresent()) {
            metrics.put(name, value.getAsDouble());
        } else {
            metrics.absent(name, reason);
        }
    }
}
