package dyno.fork;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.FullDisk;
import dyno.fork.ForkOutcome.Failed;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/// Turns what a trial threw, or what kept it from beginning, into what clients see: a class of failure and a sentence,
/// never a stack trace.
public final class Failures {

    /// Deeper chains are cut; they would only be loops.
    private static final int MAX_CAUSES = 32;

    /// A message is for a person to read. Some quote all of their input.
    private static final int MAX_MESSAGE = 2_000;

    private Failures() {}

    /// The first cause that has a class of its own decides: workers' exceptions arrive wrapped.
    public static Failed of(Throwable thrown) {
        int depth = 0;
        for (var cause = thrown; cause != null && depth < MAX_CAUSES; cause = cause.getCause()) {
            depth++;
            switch (cause) {
                case EngineException e -> {
                    return failed(e.code(), sentence(e), e.details());
                }
                case OutOfMemoryError e -> {
                    return failed(FailureCode.OUT_OF_MEMORY, "Out of memory: " + sentence(e));
                }
                case IOException e
                when FullDisk.is(e) -> {
                    return failed(FailureCode.DISK_FULL, sentence(e));
                }
                // Libraries that cannot unpack their native part say why, and keep no cause.
                case LinkageError e
                when FullDisk.is(e) -> {
                    return failed(FailureCode.DISK_FULL, sentence(e));
                }
                default -> {
                    // Look at what caused it.
                }
            }
        }
        return failed(
                FailureCode.ENGINE_ERROR, "%s: %s".formatted(thrown.getClass().getName(), sentence(thrown)));
    }

    private static String sentence(Throwable thrown) {
        return Objects.requireNonNullElse(thrown.getMessage(), "no message");
    }

    private static Failed failed(FailureCode code, String message) {
        return failed(code, message, Map.of());
    }

    private static Failed failed(FailureCode code, String message, Map<String, Object> details) {
        var shown = message.length() > MAX_MESSAGE
                ? "%s… (%d characters)".formatted(message.substring(0, MAX_MESSAGE), message.length())
                : message;
        return new Failed(code, shown, details);
    }
}
