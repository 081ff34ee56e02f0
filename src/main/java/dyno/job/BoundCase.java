package dyno.job;

import dyno.catalog.BoundWorkload;
import dyno.catalog.EngineEntry;
import dyno.engine.Contradictions;
import dyno.engine.Estimate;
import dyno.engine.Machine;
import dyno.engine.Warning;
import dyno.engine.Workload;
import java.util.List;
import java.util.Map;

/// A case whose workload is complete.
record BoundCase<W extends Workload>(CaseDraft draft, BoundWorkload<W> bound) {

    /// @throws IncompleteWorkloadException where a required field is missing
    static <W extends Workload> BoundCase<W> of(EngineEntry<W> entry, CaseDraft draft, Machine machine) {
        return new BoundCase<>(draft, entry.bind(draft.workload(), machine));
    }

    Contradictions contradictions() {
        var found = new Contradictions();
        bound.entry().engine().contradictions(bound.workload(), bound.given(), found);
        return found;
    }

    /// Names of the databases that it needs, with the field that asks for each.
    Map<String, String> databases() {
        return bound.entry().engine().databases(bound.workload());
    }

    List<Warning> warnings(Machine machine) {
        return bound.entry().engine().warnings(bound.workload(), bound.given(), machine);
    }

    boolean isRepeatable() {
        return bound.entry().engine().isRepeatable(bound.workload());
    }

    Estimate estimate(Machine machine) {
        return bound.entry().engine().estimate(bound.workload(), machine);
    }
}
