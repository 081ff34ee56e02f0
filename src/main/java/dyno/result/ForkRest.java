package dyno.result;

import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Sample;
import dyno.measurement.SampleTotals;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a fork's row keeps beside its samples, as one JSON column.
///
/// @param surroundings null in rows of before they were looked at
record ForkRest(
        List<String> jvmFlags,
        TrialReport report,
        Verification verification,
        Map<String, @Nullable Object> resources,
        @Nullable Map<String, @Nullable Object> surroundings) {

    static ForkRest of(MeasuredFork fork) {
        return new ForkRest(fork.jvmFlags(), fork.report(), fork.verification(), fork.resources(), fork.surroundings());
    }

    /// @param totals what stayed of samples that are gone; null while they are there
    MeasuredFork with(int index, long pid, List<Sample> samples, @Nullable SampleTotals totals) {
        return new MeasuredFork(
                index,
                pid,
                jvmFlags,
                samples,
                report,
                verification,
                resources,
                Objects.requireNonNullElse(surroundings, Map.of()),
                totals);
    }
}
