package dyno.fork;

import dyno.measurement.TrialListener;
import java.time.Duration;

/// Where a fork runs: a fresh JVM ([ForkRunner]) or the service's own ([SmokeRunner]).
public interface TrialHost {

    /// Runs one fork to its end.
    ///
    /// @param listener hears the fork's stages, on a thread of the host's choosing
    /// @param timeout  after which the fork is ended and the outcome is `TIMED_OUT`
    /// @throws InterruptedException when the calling thread is interrupted: the fork and everything that it
    ///         started are gone by then
    ForkOutcome run(ForkRequest request, TrialListener listener, Duration timeout) throws InterruptedException;
}
