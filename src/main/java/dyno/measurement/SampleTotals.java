package dyno.measurement;

import dyno.measurement.Score.Better;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stays of a fork's raw samples once they are gone: sums over them, and the figure that comparisons
/// go by.
///
/// @param samples   how many there were
/// @param medianLog as [ForkMedians] has it; null where the case had no figure for each of its forks
public record SampleTotals(
        int samples,
        long elapsedNanos,
        long invocations,
        long items,
        long bytes,
        @Nullable Double medianLog) {

    /// Of each fork of one case, in their order.
    ///
    /// @param unit   of the case's score; null where it has none
    /// @param better likewise
    public static List<SampleTotals> of(@Nullable String unit, @Nullable Better better, List<List<Sample>> forks) {
        var logs = unit == null || better == null ? new double[0] : ForkMedians.logs(unit, better, forks);
        var totals = new ArrayList<SampleTotals>(forks.size());
        for (int i = 0; i < forks.size(); i++) {
            totals.add(of(forks.get(i), i < logs.length ? logs[i] : null));
        }
        return List.copyOf(totals);
    }

    private static SampleTotals of(List<Sample> samples, @Nullable Double medianLog) {
        return new SampleTotals(
                samples.size(),
                samples.stream().mapToLong(Sample::elapsedNanos).sum(),
                samples.stream().mapToLong(Sample::invocations).sum(),
                samples.stream().mapToLong(Sample::items).sum(),
                samples.stream().mapToLong(Sample::bytes).sum(),
                medianLog);
    }
}
