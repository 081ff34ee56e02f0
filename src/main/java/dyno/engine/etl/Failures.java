package dyno.engine.etl;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.FullDisk;
import java.io.IOException;

/// What exceptions mean to clients.
final class Failures {

    private Failures() {}

    static FailureCode code(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case PipelineException e -> {
                    return e.code();
                }
                case LoadException e -> {
                    return e.code();
                }
                case EngineException e -> {
                    return e.code();
                }
                case IOException e
                when FullDisk.is(e) -> {
                    return FailureCode.DISK_FULL;
                }
                default -> {
                    // The reason may be further in.
                }
            }
        }
        return FailureCode.ENGINE_ERROR;
    }

    static Throwable innermost(Throwable failure) {
        var cause = failure;
        for (int depth = 0; depth < 20 && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        return cause;
    }
}
