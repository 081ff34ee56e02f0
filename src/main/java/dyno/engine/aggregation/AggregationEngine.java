package dyno.engine.aggregation;

import dyno.engine.Contradictions;
import dyno.engine.Databases;
import dyno.engine.Dataset;
import dyno.engine.DatasetKind;
import dyno.engine.DatasetUse;
import dyno.engine.Engine;
import dyno.engine.Estimate;
import dyno.engine.Given;
import dyno.engine.JobCase;
import dyno.engine.Machine;
import dyno.engine.ScoreUnit;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.Warning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The engine `aggregation`: hourly pod usage in Parquet becomes daily rows in PostgreSQL.
public final class AggregationEngine implements Engine<AggregationWorkload> {

    private final AggregationSettings settings;

    /// An engine as it is where nothing is configured: without an object store.
    public AggregationEngine() {
        this(AggregationSettings.DEFAULT);
    }

    public AggregationEngine(AggregationSettings settings) {
        this.settings = settings;
    }

    @Override
    public String id() {
        return "aggregation";
    }

    @Override
    public String title() {
        return "Chunked aggregation of pod usage";
    }

    @Override
    public String description() {
        return "How many hourly pod rows a second this machine turns from Parquet into daily rows in PostgreSQL, in how"
                + " much memory, whether the faster variant still gives the same money, and how it compares with DuckDB.";
    }

    @Override
    public Class<AggregationWorkload> workloadType() {
        return AggregationWorkload.class;
    }

    @Override
    public Map<String, Object> example() {
        return Map.of("input", Map.of("generate", Map.of("scale", "PLAN_20K")), "loadMethod", "NONE");
    }

    @Override
    public ScoreUnit scoreUnit() {
        return ScoreUnit.items("rows");
    }

    @Override
    public Map<String, Object> computedDefaults(Given given, Machine machine) {
        return AggregationDefaults.of(given, machine);
    }

    @Override
    public void contradictions(AggregationWorkload workload, Given given, Contradictions found) {
        new AggregationContradictions(workload, given, settings, found).find();
    }

    @Override
    public List<Warning> warnings(AggregationWorkload workload, Given given, Machine machine) {
        var warnings = new ArrayList<Warning>();
        var strategy = workload.strategy();
        if (given.has("chunkRows") && (strategy == Strategy.IN_MEMORY || strategy == Strategy.DUCKDB)) {
            warnings.add(new Warning(
                    "IGNORED_FIELD", "chunkRows has no effect: strategy %s has no chunks of ours".formatted(strategy)));
        }
        if (workload.workers() > machine.processors()) {
            warnings.add(new Warning(
                    "OVERSUBSCRIBED",
                    "workers is %d, but the machine has %d processors"
                            .formatted(workload.workers(), machine.processors())));
        }
        return List.copyOf(warnings);
    }

    @Override
    public Optional<DatasetKind> datasetKind() {
        return Optional.of(new PodUsageKind());
    }

    @Override
    public Optional<DatasetUse> dataset(AggregationWorkload workload) {
        return Optional.ofNullable(workload.input().dataset()).map(name -> new DatasetUse("input.dataset", name));
    }

    @Override
    public void contradictions(AggregationWorkload workload, Given given, Dataset dataset, Contradictions found) {
        var facts = dataset.facts();
        if (PodUsageKind.rows(facts, Table.POD_USAGE) == 0) {
            found.add(
                    "input.dataset",
                    "input.dataset %s has no pod usage rows; upload a file with the column pod_usage_cpu_core_seconds"
                            .formatted(dataset.name()));
        }
        if (workload.makes(Output.STORAGE) && PodUsageKind.rows(facts, Table.STORAGE) == 0) {
            found.add(
                    "outputs",
                    "outputs holds STORAGE but dataset %s has no storage table; remove STORAGE or upload one"
                            .formatted(dataset.name()));
        }
        if (workload.makes(Output.UNALLOCATED) && PodUsageKind.rows(facts, Table.NODES) == 0) {
            found.add(
                    "outputs",
                    "outputs holds UNALLOCATED but dataset %s has no node table; remove UNALLOCATED or upload one"
                            .formatted(dataset.name()));
        }
    }

    @Override
    public Estimate estimate(AggregationWorkload workload, Machine machine, Dataset dataset) {
        return AggregationEstimate.of(workload, PodUsageKind.rows(dataset.facts(), Table.POD_USAGE));
    }

    @Override
    public Estimate estimate(AggregationWorkload workload, Machine machine) {
        return AggregationEstimate.of(workload);
    }

    /// What decides the result's exact values: strategy, chunks, workers, labels' mode and the way to the table do
    /// not, nor do files, compression and label format of generated input. Double sums agree with nobody.
    @Override
    public Optional<String> agreementKey(AggregationWorkload workload) {
        if (workload.sums() == Sums.DOUBLE) {
            return Optional.empty();
        }
        var input = workload.input();
        var generate = input.generate();
        var source = generate == null ? String.valueOf(input.dataset()) + input.s3() : generate.rows();
        return Optional.of(String.join(
                "|",
                source,
                workload.outputs().stream().sorted().toList().toString(),
                workload.enabledKeys().stream().sorted().toList().toString(),
                workload.costCategories().toString(),
                String.valueOf(workload.period())));
    }

    @Override
    public Map<String, String> databases(AggregationWorkload workload) {
        return workload.isLoading() ? Map.of(Databases.SERVICE, "loadMethod") : Map.of();
    }

    @Override
    public Map<String, String> secrets(AggregationWorkload workload) {
        return LentSettings.write(settings, workload.input().isThroughStore());
    }

    @Override
    public Trial prepare(AggregationWorkload workload, TrialContext context) throws IOException, InterruptedException {
        return AggregationTrial.prepare(workload, context, LentSettings.read(context.secrets(), settings));
    }

    @Override
    public void relate(List<JobCase<AggregationWorkload>> cases) {
        CaseRelations.relate(cases);
    }
}
