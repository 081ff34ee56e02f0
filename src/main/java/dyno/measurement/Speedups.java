package dyno.measurement;

import dyno.engine.ScoreUnit;
import java.util.List;
import java.util.Optional;

/// Relates a case to the baseline variant's case with the same matrix values.
public final class Speedups {

    private Speedups() {}

    /// The candidate's score over the baseline's.
    ///
    /// Fork i is paired with fork i where both sides have as many, since a job's forks interleave; otherwise the
    /// interval is Welch's.
    ///
    /// @param baselineName name of the baseline's case
    /// @param baseline     its samples, fork by fork
    /// @param candidate    the candidate's
    /// @param unit         the unit that both are scored in; where they differ there is nothing to relate
    /// @return empty where a side has no score
    public static Optional<Speedup> of(
            String baselineName, List<List<Sample>> baseline, List<List<Sample>> candidate, ScoreUnit unit) {
        var from = Throughput.of(unit, baseline);
        var to = Throughput.of(unit, candidate);
        if (from.absenceReason() != null || to.absenceReason() != null) {
            return Optional.empty();
        }
        var fromLogs = from.medianLogs();
        var toLogs = to.medianLogs();
        if (Math.min(fromLogs.length, toLogs.length) < CaseStatistics.FORKS_FOR_INTERVAL) {
            double ratio = Math.exp(LogRatio.mean(toLogs) - LogRatio.mean(fromLogs));
            return Optional.of(new Speedup(baselineName, ratio, null, CaseStatistics.NEEDS_3_FORKS));
        }
        var estimate =
                fromLogs.length == toLogs.length ? LogRatio.paired(fromLogs, toLogs) : LogRatio.welch(fromLogs, toLogs);
        return Optional.of(
                new Speedup(baselineName, estimate.ratio(), estimate.interval(CaseStatistics.CONFIDENCE), null));
    }
}
