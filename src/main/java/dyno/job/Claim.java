package dyno.job;

import java.util.UUID;

/// A node's right to a job: every write of the node says so, and comes to nothing once it is lost.
///
/// @param worker  name of the node
/// @param attempt of the job
record Claim(UUID job, String worker, int attempt) {}
