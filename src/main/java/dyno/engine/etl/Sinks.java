package dyno.engine.etl;

import dyno.engine.TrialContext;
import java.io.IOException;

/// Opens the sink that a workload names.
final class Sinks {

    private Sinks() {}

    /// @throws EngineException where the sink is out of reach
    static EtlSink open(EtlWorkload workload, TrialContext context) throws IOException, InterruptedException {
        return switch (workload.sink()) {
            case COUNT -> new CountSink(workload);
            case POSTGRES -> PostgresSink.open(workload, context);
            case HTTP -> HttpSink.start(workload, context.machine().processors());
            case FILE -> FileSink.open(context);
        };
    }
}
