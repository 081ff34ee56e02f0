package dyno.engine.marc;

import dyno.engine.Contradictions;
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
import dyno.engine.marc.MarcWorkload.Source;
import dyno.engine.marc.MarcWorkload.Strategy;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Engine `marc`: reading, converting and writing MARC 21 records.
public final class MarcEngine implements Engine<MarcWorkload> {

    private static final int FEWEST_THREADS = 2;
    private static final int MOST_THREADS = 8;

    @Override
    public String id() {
        return "marc";
    }

    @Override
    public String title() {
        return "MARC 21 records";
    }

    @Override
    public String description() {
        return "How many library records a second this machine reads, converts and writes, whether a second thread"
                + " helps with many files and with one, what damaged records cost, and how our codec compares with"
                + " marc4j.";
    }

    @Override
    public Class<MarcWorkload> workloadType() {
        return MarcWorkload.class;
    }

    @Override
    public Map<String, Object> example() {
        return Map.of("input", Map.of("generate", Map.of("records", 10_000L, "shape", "TINY")), "operation", "JSON");
    }

    @Override
    public ScoreUnit scoreUnit() {
        return ScoreUnit.items("records");
    }

    @Override
    public Map<String, Object> computedDefaults(Given given, Machine machine) {
        var defaults = new HashMap<String, Object>();
        var strategy = Strategy.valueOf(given.text("strategy"));
        int threads =
                strategy == Strategy.SEQUENTIAL ? 1 : Math.clamp(machine.processors(), FEWEST_THREADS, MOST_THREADS);
        defaults.put("threads", threads);
        defaults.put("segments", given.has("threads") ? given.integer("threads") : threads);
        defaults.put("source", strategy == Strategy.PROCESSES ? Source.FILE : Source.MEMORY);
        defaults.put("extract", List.of("245$a"));
        if (!given.has("input")) {
            defaults.put("input", Map.of("generate", Map.of()));
        }
        if (!given.has("input") || !given.has("input.dataset")) {
            defaults.put("files", 1);
        }
        return defaults;
    }

    @Override
    public void contradictions(MarcWorkload workload, Given given, Contradictions found) {
        new MarcContradictions(workload, given, found).find();
    }

    @Override
    public List<Warning> warnings(MarcWorkload workload, Given given, Machine machine) {
        return workload.threads() > machine.processors() && workload.strategy() != Strategy.SEQUENTIAL
                ? List.of(new Warning(
                        "OVERSUBSCRIBED",
                        "threads is %d, but the machine has %d cores"
                                .formatted(workload.threads(), machine.processors())))
                : List.of();
    }

    @Override
    public Estimate estimate(MarcWorkload workload, Machine machine) {
        return MarcEstimate.of(workload, machine);
    }

    @Override
    public Estimate estimate(MarcWorkload workload, Machine machine, Dataset dataset) {
        return MarcEstimate.of(workload, dataset);
    }

    @Override
    public Optional<DatasetKind> datasetKind() {
        return Optional.of(new MarcDatasets());
    }

    @Override
    public Optional<DatasetUse> dataset(MarcWorkload workload) {
        return Optional.ofNullable(workload.input().dataset()).map(name -> new DatasetUse("input.dataset", name));
    }

    @Override
    public void contradictions(MarcWorkload workload, Given given, Dataset dataset, Contradictions found) {
        new DatasetContradictions(workload, dataset, found).find();
    }

    /// Everything that decides the output's bytes: how the work is spread, where it comes from and where it goes
    /// does not.
    @Override
    public Optional<String> agreementKey(MarcWorkload workload) {
        return Optional.of(String.join(
                "|",
                String.valueOf(workload.input()),
                String.valueOf(workload.files()),
                workload.operation().name(),
                workload.implementation().name(),
                ReadSettings.of(workload).toString(),
                String.valueOf(workload.extract()),
                workload.extractMode().name(),
                workload.jsonContainer().name(),
                String.valueOf(workload.csvRecordColumn()),
                workload.xmlIllegal().name()));
    }

    @Override
    public Trial prepare(MarcWorkload workload, TrialContext context) throws IOException, InterruptedException {
        return new MarcTrial(workload, context);
    }

    @Override
    public void relate(List<JobCase<MarcWorkload>> cases) {
        new Efficiency(this, cases).relate();
    }
}
