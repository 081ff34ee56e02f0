package dyno.job;

import dyno.engine.Contradictions;
import dyno.engine.Engine;
import dyno.engine.Estimate;
import dyno.engine.Given;
import dyno.engine.Machine;
import dyno.engine.ScoreUnit;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.Warning;
import dyno.job.PumpWorkload.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An engine that is planned and never prepared: hosts of tests answer for it.
final class PumpEngine implements Engine<PumpWorkload> {

    @Override
    public String id() {
        return "pump";
    }

    @Override
    public String title() {
        return "Pumps";
    }

    @Override
    public String description() {
        return "How fast does water flow?";
    }

    @Override
    public Class<PumpWorkload> workloadType() {
        return PumpWorkload.class;
    }

    @Override
    public Map<String, Object> example() {
        return Map.of("chunkBytes", 4096L);
    }

    @Override
    public ScoreUnit scoreUnit() {
        return ScoreUnit.bytes();
    }

    @Override
    public ScoreUnit scoreUnit(PumpWorkload workload) {
        return workload.mode() == Mode.SILENT ? ScoreUnit.items("strokes") : ScoreUnit.bytes();
    }

    @Override
    public Map<String, Object> computedDefaults(Given given, Machine machine) {
        return Map.of("threads", machine.processors());
    }

    @Override
    public void contradictions(PumpWorkload workload, Given given, Contradictions found) {
        if (workload.mode() == Mode.LEGACY && workload.threads() > 8) {
            found.add("threads", "threads is %d, but LEGACY has 8 at most; 8".formatted(workload.threads()));
        }
        if (workload.input().rows() == 999) {
            found.beyondLimit("input.rows", "input.rows is 999, but the pump has 998 at most");
        }
        if (workload.input().rows() > workload.chunkBytes()) {
            found.add(
                    "input.rows",
                    "input.rows is %d, more than chunkBytes"
                            .formatted(workload.input().rows()));
        }
    }

    @Override
    public List<Warning> warnings(PumpWorkload workload, Given given, Machine machine) {
        return workload.mode() == Mode.LEGACY && given.has("input.depth")
                ? List.of(new Warning("IGNORED_FIELD", "input.depth has no effect with LEGACY"))
                : List.of();
    }

    @Override
    public Estimate estimate(PumpWorkload workload, Machine machine) {
        long appetite = workload.appetiteBytes();
        return new Estimate(appetite, 0, appetite, 2, 0.5);
    }

    @Override
    public boolean isRepeatable(PumpWorkload workload) {
        return !workload.once();
    }

    @Override
    public Optional<String> agreementKey(PumpWorkload workload) {
        return workload.note() == null ? Optional.empty() : Optional.of(workload.note());
    }

    @Override
    public Map<String, String> agreeingMetrics(PumpWorkload workload) {
        return workload.note() == null ? Map.of() : Map.of("strokes", workload.note());
    }

    @Override
    public Map<String, String> databases(PumpWorkload workload) {
        return workload.reservoir() == null ? Map.of() : Map.of(workload.reservoir(), "reservoir");
    }

    @Override
    public Trial prepare(PumpWorkload workload, TrialContext context) {
        throw new UnsupportedOperationException("pumps are not for use");
    }
}
