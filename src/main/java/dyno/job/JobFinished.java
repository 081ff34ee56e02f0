package dyno.job;

import dyno.result.Run;
import org.jspecify.annotations.Nullable;

/// Published after a job's end was committed, by the node that committed it.
///
/// @param job in its final state
/// @param run what was stored with it, partial ones included; null where there is none
public record JobFinished(Job job, @Nullable Run run) {}
