package dyno.engine.generator;

import dyno.engine.Contradictions;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The engine `generator`: incompressible, deterministic bytes at memory speed.
public final class GeneratorEngine implements Engine<GeneratorWorkload> {

    /// Cores that a projection is made for unless told otherwise: those of the machine in the model's write-up.
    public static final int DEFAULT_PROJECTION_CORES = 384;

    private final int projectionCores;

    /// An engine with default settings.
    public GeneratorEngine() {
        this(DEFAULT_PROJECTION_CORES);
    }

    /// @param projectionCores cores that `projectedBytesPerSecond` extrapolates to, at least 1
    public GeneratorEngine(int projectionCores) {
        if (projectionCores < 1) {
            throw new IllegalArgumentException("projectionCores is %d; at least 1".formatted(projectionCores));
        }
        this.projectionCores = projectionCores;
    }

    @Override
    public String id() {
        return "generator";
    }

    @Override
    public String title() {
        return "Data generator";
    }

    @Override
    public String description() {
        return "How many incompressible, reproducible bytes a second this machine can make, how far that is from what"
                + " its memory takes, and what temporary buffers, copies, thread pools and locks cost.";
    }

    @Override
    public Class<GeneratorWorkload> workloadType() {
        return GeneratorWorkload.class;
    }

    @Override
    public Map<String, Object> example() {
        return Map.of("totalBytes", 268_435_456L, "chunkBytes", 16_777_216L);
    }

    @Override
    public ScoreUnit scoreUnit() {
        return ScoreUnit.bytes();
    }

    @Override
    public Map<String, Object> computedDefaults(Given given, Machine machine) {
        return WorkloadDefaults.of(given, machine);
    }

    @Override
    public void contradictions(GeneratorWorkload workload, Given given, Contradictions found) {
        WorkloadContradictions.find(workload, given, found);
    }

    @Override
    public List<Warning> warnings(GeneratorWorkload workload, Given given, Machine machine) {
        return WorkloadWarnings.of(workload, given, machine);
    }

    @Override
    public Estimate estimate(GeneratorWorkload workload, Machine machine) {
        return WorkloadEstimate.of(workload, machine);
    }

    @Override
    public Optional<String> agreementKey(GeneratorWorkload workload) {
        return AgreementKey.of(workload);
    }

    @Override
    public Trial prepare(GeneratorWorkload workload, TrialContext context) throws IOException, InterruptedException {
        return GeneratorTrial.prepare(workload, context);
    }

    @Override
    public void relate(List<JobCase<GeneratorWorkload>> cases) {
        new CaseRelations(cases, projectionCores).relate();
    }
}
