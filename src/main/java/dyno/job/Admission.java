package dyno.job;

import dyno.catalog.EngineCatalog;
import dyno.catalog.EngineEntry;
import dyno.catalog.IncompleteWorkloadException;
import dyno.engine.Dataset;
import dyno.engine.Machine;
import dyno.engine.Warning;
import dyno.fork.ForkMemory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decides whether a submission can be run, and plans it. Asks in the order of the status codes: types and bounds
/// (400), number of cases, datasets (404), contradictions, memory and disk (422). Safe for any number of threads.
final class Admission {

    private final EngineCatalog catalog;
    private final JobSpecReader reader;
    private final Supplier<Machine> machine;
    private final Capacity capacity;
    private final LentDatabases databases;
    private final Function<String, Optional<Dataset>> datasets;

    /// @param datasets finds a dataset by its name
    Admission(
            EngineCatalog catalog,
            Supplier<Machine> machine,
            Capacity capacity,
            LentDatabases databases,
            Function<String, Optional<Dataset>> datasets) {
        this.catalog = catalog;
        this.reader = new JobSpecReader(catalog);
        this.machine = machine;
        this.capacity = capacity;
        this.databases = databases;
        this.datasets = datasets;
    }

    /// @param body the whole body as a strict JSON parser gave it
    /// @throws ProblemException with everything that is wrong
    PlannedJob plan(@Nullable Object body) {
        var spec = reader.read(body);
        return plan(spec, catalog.require(spec.engine()), machine.get());
    }

    private PlannedJob plan(JobSpec spec, EngineEntry<?> entry, Machine machine) {
        var cases = new NamedDatasets(spec, datasets).in(bind(spec, entry, machine));
        var plan = PlanCheck.complete(spec, cases, databases);
        var planned = new ArrayList<PlannedCase>();
        double seconds = 0;
        long memoryBytes = 0;
        long scratchBytes = 0;
        for (var boundCase : cases) {
            var estimate = boundCase.estimate(machine);
            var memory = ForkMemory.of(estimate);
            var plannedCase = new PlannedCase(
                    boundCase.draft().name(),
                    boundCase.bound().tree(),
                    PlannedDataset.of(boundCase.dataset()),
                    boundCase.draft().variant().mayFail(),
                    baseline(spec, boundCase.draft(), cases),
                    memory.heapBytes(),
                    memory.directBytes(),
                    JobEstimate.forkSeconds(estimate, plan));
            planned.add(plannedCase);
            seconds += JobEstimate.forks(plan) * plannedCase.forkSeconds();
            memoryBytes = Math.max(memoryBytes, memory.totalBytes());
            scratchBytes = Math.max(scratchBytes, estimate.scratchBytes());
        }
        capacity.requireRoom(plan.mode(), memoryBytes, scratchBytes);
        long estimatedSeconds = (long) Math.ceil(seconds);
        var tree = SpecTree.of(spec, entry.withDefaults(spec.workload(), machine), plan, estimatedSeconds);
        var warnings = warnings(cases, machine);
        return new PlannedJob(
                spec, tree, plan, List.copyOf(planned), warnings, estimatedSeconds, memoryBytes, scratchBytes);
    }

    private static List<BoundCase<?>> bind(JobSpec spec, EngineEntry<?> entry, Machine machine) {
        var origin = new Origin(spec);
        var faults = new Faults();
        var cases = new ArrayList<BoundCase<?>>();
        for (var draft : Expansion.of(spec)) {
            try {
                cases.add(BoundCase.of(entry, draft, machine));
            } catch (IncompleteWorkloadException e) {
                e.paths().forEach(path -> faults.add("/workload", origin.prefix(draft) + "'" + path + "' is missing"));
            }
        }
        faults.throwIfAny();
        return cases;
    }

    /// The baseline variant's case with the same matrix values.
    private static @Nullable String baseline(JobSpec spec, CaseDraft draft, List<BoundCase<?>> cases) {
        if (spec.baseline() == null) {
            return null;
        }
        for (var other : cases) {
            if (other.draft().variant().name().equals(spec.baseline())
                    && other.draft().choice().equals(draft.choice())) {
                return other.draft().name();
            }
        }
        throw new IllegalStateException("Baseline %s has no case beside %s".formatted(spec.baseline(), draft.name()));
    }

    /// Each once: a warning that does not depend on what distinguishes the cases comes from all of them.
    private static List<Warning> warnings(List<BoundCase<?>> cases, Machine machine) {
        Set<Warning> warnings = new LinkedHashSet<>();
        cases.forEach(boundCase -> warnings.addAll(boundCase.warnings(machine)));
        return List.copyOf(warnings);
    }
}
