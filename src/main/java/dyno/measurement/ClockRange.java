package dyno.measurement;

import dyno.engine.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// How fast the CPUs were clocked after each iteration: the fastest of them, which is one that works, at
/// its lowest and its highest.
///
/// Used by one thread at a time.
///
/// @see <a href="https://docs.kernel.org/admin-guide/pm/cpufreq.html">CPU Performance Scaling</a>
final class ClockRange {

    static final Path CPUS = Path.of("/sys/devices/system/cpu");

    private static final double KHZ_PER_MHZ = 1_000;

    private final List<Path> files;
    private long lowKHz = Long.MAX_VALUE;
    private long highKHz;
    private @Nullable String reason;

    /// @param cpus see [#CPUS]; it may not be there
    ClockRange(Path cpus) {
        this.files = files(cpus);
        this.reason = files.isEmpty() ? "NO_CPUFREQ" : null;
    }

    private static List<Path> files(Path cpus) {
        try (var folders = Files.newDirectoryStream(cpus, "cpu[0-9]*")) {
            var files = new ArrayList<Path>();
            for (var folder : folders) {
                var file = folder.resolve("cpufreq/scaling_cur_freq");
                if (Files.isReadable(file)) {
                    files.add(file);
                }
            }
            return List.copyOf(files);
        } catch (IOException e) {
            // No such folder: not Linux, or a sandbox without /sys. The reason says so.
            return List.of();
        }
    }

    void look() {
        if (reason != null) {
            return;
        }
        var fastest = fastestKHz();
        if (fastest.isEmpty()) {
            reason = Unreadable.NOT_READABLE;
        } else {
            lowKHz = Math.min(lowKHz, fastest.getAsLong());
            highKHz = Math.max(highKHz, fastest.getAsLong());
        }
    }

    private OptionalLong fastestKHz() {
        try {
            return files.stream().mapToLong(ClockRange::kilohertz).max();
        } catch (UncheckedIOException | NumberFormatException e) {
            // A driver that tells nothing any more: the figure is null with a reason.
            return OptionalLong.empty();
        }
    }

    private static long kilohertz(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void report(Metrics metrics) {
        var missing = reason == null && highKHz == 0 ? "NO_SAMPLES" : reason;
        if (missing == null) {
            metrics.put("frequencyLowMHz", lowKHz / KHZ_PER_MHZ).put("frequencyHighMHz", highKHz / KHZ_PER_MHZ);
        } else {
            metrics.absent("frequencyLowMHz", missing).absent("frequencyHighMHz", missing);
        }
    }
}
