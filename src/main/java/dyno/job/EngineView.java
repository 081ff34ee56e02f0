package dyno.job;

import dyno.catalog.EngineEntry;
import dyno.engine.ScoreUnit;
import dyno.engine.Workload;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an engine says of a planned case.
///
/// @param databases names of those that it needs
/// @param secrets   what its trials are told besides; shown nowhere
record EngineView(
        ScoreUnit unit,
        Optional<String> agreementKey,
        Map<String, String> agreeingMetrics,
        Set<String> databases,
        Map<String, String> secrets) {

    static <W extends Workload> EngineView of(EngineEntry<W> entry, PlannedCase planned) {
        var workload = entry.workload(planned.workload());
        var engine = entry.engine();
        return new EngineView(
                engine.scoreUnit(workload),
                engine.agreementKey(workload),
                engine.agreeingMetrics(workload),
                engine.databases(workload).keySet(),
                engine.secrets(workload));
    }

    /// Without the secrets' values.
    @Override
    public String toString() {
        return "EngineView[unit=%s, databases=%s, secrets=%s]".formatted(unit, databases, secrets.keySet());
    }
}
