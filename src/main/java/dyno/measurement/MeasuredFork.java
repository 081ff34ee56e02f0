package dyno.measurement;

import dyno.engine.TrialReport;
import dyno.engine.Verification;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that one fork found out.
///
/// @param index        0-based among the forks of its case
/// @param pid          process id of the JVM that measured
/// @param jvmFlags     that JVM's arguments
/// @param samples      one for each measured iteration, in order; empty once they are not kept any more
/// @param report       what the trial knows beyond time
/// @param verification whether the output was right
/// @param resources    of the timed region: `cpuSeconds`, `allocatedBytes`, `peakRssBytes`, `gcSeconds`,
///                     `heapBytes`, `contextSwitches`, `stealSeconds` and more; null with a reason where
///                     not readable
/// @param surroundings how noisy the machine was right before the fork, as the service saw it; empty where
///                     nobody looked
/// @param sampleTotals what stayed of samples that are not kept any more; null while `samples` has them
public record MeasuredFork(
        int index,
        long pid,
        List<String> jvmFlags,
        List<Sample> samples,
        TrialReport report,
        Verification verification,
        Map<String, @Nullable Object> resources,
        Map<String, @Nullable Object> surroundings,
        @Nullable SampleTotals sampleTotals) {

    /// Why there are no samples in a fork that has none any more.
    public static final String SAMPLES_EXPIRED = "SAMPLES_EXPIRED";

    /// With its samples.
    public MeasuredFork(
            int index,
            long pid,
            List<String> jvmFlags,
            List<Sample> samples,
            TrialReport report,
            Verification verification,
            Map<String, @Nullable Object> resources,
            Map<String, @Nullable Object> surroundings) {
        this(index, pid, jvmFlags, samples, report, verification, resources, surroundings, null);
    }

    /// Of a fork, which knows nothing of what was before it.
    public MeasuredFork(
            int index,
            long pid,
            List<String> jvmFlags,
            List<Sample> samples,
            TrialReport report,
            Verification verification,
            Map<String, @Nullable Object> resources) {
        this(index, pid, jvmFlags, samples, report, verification, resources, Map.of());
    }

    public MeasuredFork withSurroundings(Map<String, @Nullable Object> seen) {
        return new MeasuredFork(index, pid, jvmFlags, samples, report, verification, resources, seen, sampleTotals);
    }

    /// Null while the samples are there.
    public @Nullable String samplesReason() {
        return sampleTotals == null ? null : SAMPLES_EXPIRED;
    }

    /// Of all samples together, those that are gone included.
    public long totalInvocations() {
        return sampleTotals == null
                ? samples.stream().mapToLong(Sample::invocations).sum()
                : sampleTotals.invocations();
    }
}
