package dyno.engine.etl;

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
import dyno.engine.etl.EtlWorkload.Scope;
import dyno.engine.etl.EtlWorkload.SinkKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Engine `etl`: records through a bounded pipeline into a sink.
public final class EtlEngine implements Engine<EtlWorkload> {

    @Override
    public String id() {
        return "etl";
    }

    @Override
    public String title() {
        return "Extract, transform, load";
    }

    @Override
    public String description() {
        return "How many records a second go through a bounded pipeline on this machine, what limits it, what batches,"
                + " workers and queues change, and what retries, poison records and slow sinks cost.";
    }

    @Override
    public Class<EtlWorkload> workloadType() {
        return EtlWorkload.class;
    }

    @Override
    public Map<String, Object> example() {
        return Map.of("profile", "LEVEL_3", "records", 100_000L);
    }

    @Override
    public ScoreUnit scoreUnit() {
        return ScoreUnit.items("records").orNothing("NOTHING_LOADED");
    }

    @Override
    public Map<String, Object> computedDefaults(Given given, Machine machine) {
        return EtlDefaults.computed(given);
    }

    @Override
    public void contradictions(EtlWorkload workload, Given given, Contradictions found) {
        new EtlContradictions(workload, given, found).find();
    }

    @Override
    public List<Warning> warnings(EtlWorkload workload, Given given, Machine machine) {
        return EtlWarnings.of(workload, machine);
    }

    @Override
    public Estimate estimate(EtlWorkload workload, Machine machine) {
        return EtlEstimate.of(workload, machine);
    }

    @Override
    public Map<String, String> databases(EtlWorkload workload) {
        return workload.sink() == SinkKind.POSTGRES
                ? Map.of(PgPlace.database(workload), workload.target() == null ? "sink" : "target")
                : Map.of();
    }

    @Override
    public Optional<DatasetKind> datasetKind() {
        return Optional.of(new UserDatasets());
    }

    @Override
    public Optional<DatasetUse> dataset(EtlWorkload workload) {
        var input = workload.input();
        return input == null ? Optional.empty() : Optional.of(new DatasetUse("input.dataset", input.dataset()));
    }

    @Override
    public Estimate estimate(EtlWorkload workload, Machine machine, Dataset dataset) {
        return EtlEstimate.of(workload, machine, dataset);
    }

    /// A kept load happens once.
    @Override
    public boolean isRepeatable(EtlWorkload workload) {
        return workload.target() == null;
    }

    @Override
    public Optional<String> agreementKey(EtlWorkload workload) {
        return AgreementKey.of(workload);
    }

    @Override
    public Trial prepare(EtlWorkload workload, TrialContext context) throws IOException, InterruptedException {
        return EtlTrial.prepare(workload, context);
    }

    @Override
    public void relate(List<JobCase<EtlWorkload>> cases) {
        new CaseRelations(cases).relate();
    }

    /// What decides the output's lines: which records, and what is made of them. How they travel does not.
    private static final class AgreementKey {

        private AgreementKey() {}

        static Optional<String> of(EtlWorkload workload) {
            if (workload.scope() != Scope.PIPELINE || workload.target() != null) {
                return Optional.empty();
            }
            var plain = DigestPass.of(workload);
            return Optional.of(String.join(
                    "|",
                    String.valueOf(workload.input()),
                    String.valueOf(workload.seed()),
                    plain.transform().name(),
                    String.valueOf(plain.transform() == TransformKind.T3 ? workload.hashRounds() : 0),
                    String.valueOf(workload.records() * workload.pipelines()),
                    plain.failureMode() + " " + plain.failureRatio()));
        }
    }
}
