package dyno.engine.grouping;

import dyno.engine.Contradictions;
import dyno.engine.Dataset;
import dyno.engine.DatasetKind;
import dyno.engine.DatasetUse;
import dyno.engine.Engine;
import dyno.engine.Estimate;
import dyno.engine.Given;
import dyno.engine.Machine;
import dyno.engine.ScoreUnit;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.Warning;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Engine `grouping`: measurements in the order of time into one record per probe.
public final class GroupingEngine implements Engine<GroupingWorkload> {

    /// Metric: SHA-256 over the SHA-256 of both files.
    static final String FILES_DIGEST = "filesDigest";

    /// As `workers` is bounded.
    private static final int MOST_WORKERS = 256;

    @Override
    public String id() {
        return "grouping";
    }

    @Override
    public String title() {
        return "Grouping measurements by probe";
    }

    @Override
    public String description() {
        return "How fast a long table of interleaved measurements becomes one record per probe in files with random"
                + " access, what a SQL engine in the middle costs, how many workers pay off, and what happens when the"
                + " data no longer fits into memory.";
    }

    @Override
    public Class<GroupingWorkload> workloadType() {
        return GroupingWorkload.class;
    }

    @Override
    public Map<String, Object> example() {
        return Map.of("input", Map.of("generate", Map.of("measurements", 50_000L, "probes", 2_000L)));
    }

    @Override
    public ScoreUnit scoreUnit() {
        return ScoreUnit.items("measurements");
    }

    /// Queries where only some probes are asked for: nothing else was measured.
    @Override
    public ScoreUnit scoreUnit(GroupingWorkload workload) {
        return workload.sampleKeys() == null ? scoreUnit() : ScoreUnit.items("queries");
    }

    @Override
    public Map<String, Object> computedDefaults(Given given, Machine machine) {
        long workers = Math.min(machine.processors(), MOST_WORKERS);
        return given.has("input")
                ? Map.of("workers", workers)
                : Map.of("workers", workers, "input", Map.of("generate", Map.of()));
    }

    @Override
    public void contradictions(GroupingWorkload workload, Given given, Contradictions found) {
        GroupingContradictions.find(workload, given, found);
    }

    @Override
    public List<Warning> warnings(GroupingWorkload workload, Given given, Machine machine) {
        return workload.workers() > machine.processors()
                ? List.of(new Warning(
                        "OVERSUBSCRIBED",
                        "workers is %d, but the machine has %d processors"
                                .formatted(workload.workers(), machine.processors())))
                : List.of();
    }

    @Override
    public Estimate estimate(GroupingWorkload workload, Machine machine) {
        return GroupingEstimate.of(workload);
    }

    @Override
    public Estimate estimate(GroupingWorkload workload, Machine machine, Dataset dataset) {
        return GroupingEstimate.of(workload, dataset);
    }

    @Override
    public Optional<DatasetKind> datasetKind() {
        return Optional.of(new MeasurementDatasets());
    }

    @Override
    public Optional<DatasetUse> dataset(GroupingWorkload workload) {
        return Optional.ofNullable(workload.input().dataset()).map(name -> new DatasetUse("input.dataset", name));
    }

    @Override
    public void contradictions(GroupingWorkload workload, Given given, Dataset dataset, Contradictions found) {
        long rows = GroupingEstimate.rows(dataset);
        GroupingContradictions.findLimits(workload, given, rows, GroupingEstimate.probes(rows), found);
    }

    /// A resumed job goes on from what an earlier one left, and takes it away.
    @Override
    public boolean isRepeatable(GroupingWorkload workload) {
        return !workload.resume();
    }

    /// Everything that decides what the records hold. How many files the same rows come in does not.
    @Override
    public Optional<String> agreementKey(GroupingWorkload workload) {
        return Optional.of(new AgreementKeys(workload).content());
    }

    @Override
    public Map<String, String> agreeingMetrics(GroupingWorkload workload) {
        return Map.of(FILES_DIGEST, new AgreementKeys(workload).files());
    }

    static long scratchBytes(GroupingWorkload workload) {
        return GroupingEstimate.of(workload).scratchBytes();
    }

    @Override
    public Trial prepare(GroupingWorkload workload, TrialContext context) throws IOException {
        return GroupingTrial.prepare(workload, context);
    }
}
