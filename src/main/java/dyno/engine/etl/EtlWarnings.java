package dyno.engine.etl;

import dyno.engine.Machine;
import dyno.engine.Warning;
import dyno.engine.etl.EtlWorkload.OnError;
import java.util.ArrayList;
import java.util.List;

/// What a reader of the figures should know beforehand.
final class EtlWarnings {

    private EtlWarnings() {}

    static List<Warning> of(EtlWorkload workload, Machine machine) {
        var warnings = new ArrayList<Warning>();
        int threads = Assembly.settings(workload, machine.processors(), 0).threads() * workload.resolvedSlots();
        if (workload.loadWaitMicros() == 0
                && workload.transformWaitMicros() == 0
                && threads > 2 * machine.processors()) {
            warnings.add(new Warning(
                    "OVERSUBSCRIBED",
                    "%d threads extract, transform and load, but the machine has %d processors"
                            .formatted(threads, machine.processors())));
        }
        if (workload.onError() == OnError.FAIL && workload.failureMode() == EtlWorkload.FailureMode.POISON) {
            warnings.add(new Warning(
                    "CERTAIN_FAILURE", "failureMode POISON with onError FAIL ends the run at the first poison record"));
        }
        return List.copyOf(warnings);
    }
}
