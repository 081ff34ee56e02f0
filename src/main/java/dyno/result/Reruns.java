package dyno.result;

import java.util.Map;
import java.util.UUID;

/// Has a run's job measured once more, its cases interleaved as before. Implemented by whoever has the
/// queue; results know nobody.
public interface Reruns {

    /// Label of a run that was measured to confirm another: that run's id.
    String CONFIRMS = "confirms";

    /// False where the run's work has an effect that stays, so that it is measured once.
    ///
    /// @throws dyno.web.ProblemException `not-found` where its job is gone
    boolean isRepeatable(Run run);

    /// Queues the job again, its labels and [#CONFIRMS] on it.
    ///
    /// @return the new job
    /// @throws dyno.web.ProblemException where it cannot be
    UUID rerun(Run run);

    /// The runs that are being measured again, each with a job that has not ended.
    Map<UUID, UUID> unfinished();
}
