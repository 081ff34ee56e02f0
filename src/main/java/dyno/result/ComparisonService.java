package dyno.result;

import dyno.web.Ids;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Shown;
import java.util.UUID;
import org.springframework.stereotype.Service;

/// Finds the runs that are to be compared. Safe for any number of threads.
@Service
class ComparisonService {

    private final ResultStore runs;
    private final BaselineStore baselines;

    ComparisonService(ResultStore runs, BaselineStore baselines) {
        this.runs = runs;
        this.baselines = baselines;
    }

    /// @param baseline  id of a run, or name of a baseline
    /// @param candidate id of a run
    /// @throws ProblemException `not-found`; `invalid-request` where a run is to be compared with
    ///         itself and names no baseline variant
    RunComparison compare(String baseline, String candidate, double margin) {
        var to = require(Ids.require(candidate, "run"));
        var from = Ids.parse(baseline).map(this::require).orElseGet(() -> require(baselineRun(baseline, to)));
        if (!from.id().equals(to.id())) {
            return RunComparisons.compare(from, to, margin);
        }
        var within = RunComparisons.withinRun(to, margin);
        if (within.cases().isEmpty()) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "Run %s has no case that was measured beside a baseline variant's".formatted(to.id()));
        }
        return within;
    }

    private Run require(UUID id) {
        return runs.find(id, true)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no run " + id));
    }

    private UUID baselineRun(String name, Run candidate) {
        var baseline = baselines.require(name);
        return baselines
                .resolve(baseline, candidate)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND,
                        "Baseline %s has no good run of engine %s before run %s"
                                .formatted(Shown.name(name), candidate.engine(), candidate.id())));
    }
}
