package dyno.job;

import dyno.catalog.BoundWorkload;
import dyno.catalog.EngineEntry;
import dyno.engine.Contradictions;
import dyno.engine.Dataset;
import dyno.engine.DatasetUse;
import dyno.engine.Estimate;
import dyno.engine.Machine;
import dyno.engine.Warning;
import dyno.engine.Workload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A case whose workload is complete.
///
/// @param dataset that the workload names; null where it names none, or was not looked up yet
record BoundCase<W extends Workload>(
        CaseDraft draft, BoundWorkload<W> bound, @Nullable Dataset dataset) {

    /// @throws IncompleteWorkloadException where a required field is missing
    static <W extends Workload> BoundCase<W> of(EngineEntry<W> entry, CaseDraft draft, Machine machine) {
        return new BoundCase<>(draft, entry.bind(draft.workload(), machine), null);
    }

    Contradictions contradictions() {
        var engine = bound.entry().engine();
        var found = new Contradictions();
        engine.contradictions(bound.workload(), bound.given(), found);
        if (dataset != null) {
            var wanted = engine.datasetKind().orElseThrow().id();
            if (dataset.kind().equals(wanted)) {
                engine.contradictions(bound.workload(), bound.given(), dataset, found);
            } else {
                found.add(
                        use().orElseThrow().field(),
                        "dataset %s is of kind %s, but engine %s reads %s; name one of kind %s"
                                .formatted(dataset.name(), dataset.kind(), engine.id(), wanted, wanted));
            }
        }
        return found;
    }

    /// The dataset that the workload names.
    Optional<DatasetUse> use() {
        return bound.entry().engine().dataset(bound.workload());
    }

    BoundCase<W> with(Dataset found) {
        return new BoundCase<>(draft, bound, found);
    }

    List<Warning> warnings(Machine machine) {
        return bound.entry().engine().warnings(bound.workload(), bound.given(), machine);
    }

    boolean isRepeatable() {
        return bound.entry().engine().isRepeatable(bound.workload());
    }

    Estimate estimate(Machine machine) {
        var engine = bound.entry().engine();
        return dataset == null
                ? engine.estimate(bound.workload(), machine)
                : engine.estimate(bound.workload(), machine, dataset);
    }
}
