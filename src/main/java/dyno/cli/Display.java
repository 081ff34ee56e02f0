package dyno.cli;

import java.util.List;

/// Shows how far jobs are while they are followed. Used by one thread.
interface Display extends AutoCloseable {

    /// An event was taken over by `job`.
    ///
    /// @param jobs all that are followed, in the order of submission
    void happened(FollowedJob job, JobEvent event, List<FollowedJob> jobs);

    /// `job` is over.
    void ended(FollowedJob job, List<FollowedJob> jobs);

    /// Takes away what is not meant to stay.
    @Override
    void close();
}
