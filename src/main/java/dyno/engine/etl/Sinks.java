package dyno.engine.etl;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.TrialContext;
import java.io.IOException;

/// Opens the sink that a workload names.
final class Sinks {

    private Sinks() {}

    /// @throws EngineException where the sink is out of reach
    static EtlSink open(EtlWorkload workload, TrialContext context) throws IOException, InterruptedException {
        return switch (workload.sink()) {
            case COUNT -> new CountSink(workload);
            case POSTGRES, HTTP, FILE ->
                throw new EngineException(
                        FailureCode.ENGINE_ERROR,
                        "This build has no sink %s (fork %d)".formatted(workload.sink(), context.fork()));
        };
    }
}
