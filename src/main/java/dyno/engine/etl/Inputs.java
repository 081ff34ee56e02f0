package dyno.engine.etl;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.TrialContext;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Opens the dataset that a workload names.
final class Inputs {

    private Inputs() {}

    /// @return a source for each run; null where records are generated
    static @Nullable Supplier<Source<OriginalUser, ObjectBatch<OriginalUser>>> open(
            EtlWorkload workload, TrialContext context) throws IOException {
        if (workload.input() == null) {
            return null;
        }
        throw new EngineException(
                FailureCode.INVALID_INPUT, "This build reads no dataset (fork %d)".formatted(context.fork()));
    }
}
