package dyno.job;

import dyno.catalog.EngineEntry;
import dyno.engine.ScoreUnit;
import dyno.engine.Workload;
import java.util.Optional;

/// What an engine says of a planned case.
record EngineView(ScoreUnit unit, Optional<String> agreementKey) {

    static <W extends Workload> EngineView of(EngineEntry<W> entry, PlannedCase planned) {
        var workload = entry.workload(planned.workload());
        return new EngineView(entry.engine().scoreUnit(workload), entry.engine().agreementKey(workload));
    }
}
