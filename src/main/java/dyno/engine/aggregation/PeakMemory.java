package dyno.engine.aggregation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The process's peak resident memory since it was last reset, as Linux counts it.
///
/// @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html">clear_refs</a>
final class PeakMemory {

    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESET_PEAK = "5";

    private boolean isReset;

    /// Starts anew. Where the system does not allow it, [#bytes] stays empty.
    void reset() {
        try {
            Files.writeString(CLEAR, RESET_PEAK);
            isReset = true;
        } catch (IOException e) {
            // Not Linux, or a container without the right: the figure is absent, and the report says so.
            isReset = false;
        }
    }

    OptionalLong bytes() {
        if (!isReset) {
            return OptionalLong.empty();
        }
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
