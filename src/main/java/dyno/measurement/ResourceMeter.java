package dyno.measurement;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells what the timed region of a trial took from JVM and kernel.
///
/// Safe for any number of threads; each [Metering] is used by one thread at a time.
@FunctionalInterface
public interface ResourceMeter {

    /// Starts metering, paused.
    Metering start();

    /// One trial's meter. [#resume] and [#pause] stand right before and right after a timed stretch, so
    /// that what happens between two iterations (progress lines, garbage of the harness) is counted
    /// nowhere.
    interface Metering extends AutoCloseable {

        void resume();

        void pause();

        /// `cpuSeconds`, `allocatedBytes`, `peakRssBytes`, `gcSeconds`, `heapBytes`, `contextSwitches`,
        /// `involuntarySwitches`, `stealSeconds`, `frequencyLowMHz` and `frequencyHighMHz`; one that could
        /// not be read is null with its reason in `…Reason`, never 0.
        Map<String, @Nullable Object> readings();

        /// Ends what [#start] started; nothing is metered afterwards.
        @Override
        void close();
    }
}
