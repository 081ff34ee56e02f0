package dyno.fork;

import dyno.engine.FailureCode;
import dyno.measurement.MeasuredFork;
import java.util.Map;

/// How a fork ended.
public sealed interface ForkOutcome {

    /// It measured, and its verification passed or failed.
    record Measured(MeasuredFork fork) implements ForkOutcome {}

    /// It has nothing to show.
    ///
    /// @param code    why
    /// @param message one sentence for the client
    /// @param details `exitStatus`, `signal`, `lastOutput` and the like; bounded
    record Failed(FailureCode code, String message, Map<String, Object> details) implements ForkOutcome {}
}
