package dyno.engine;

import java.util.concurrent.CancellationException;

/// Tells an engine that its result is no longer wanted. Safe for any number of threads.
///
/// An engine asks between pieces of work that take well under a second, and ends within one.
@FunctionalInterface
public interface Cancellation {

    /// Never cancelled; forks that are killed instead, and tests, use it.
    Cancellation NONE = () -> false;

    boolean isCancelled();

    /// @throws CancellationException once the work was cancelled
    default void check() {
        if (isCancelled()) {
            throw new CancellationException("cancelled");
        }
    }
}
