package dyno.result;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which run a side of a comparison is.
///
/// @param commit       of the build that measured it
/// @param commitReason why `commit` is null; null otherwise
record ComparedRun(
        UUID runId,
        Instant startedAt,
        @Nullable String commit,
        @Nullable String commitReason) {

    static final String COMMIT = "build.commit";

    static ComparedRun of(Run run) {
        var fact = run.environment().facts().get(COMMIT);
        var value = fact == null ? null : fact.value();
        return value == null
                ? new ComparedRun(
                        run.id(),
                        run.startedAt(),
                        null,
                        fact == null || fact.reason() == null ? "NOT_RECORDED" : fact.reason())
                : new ComparedRun(run.id(), run.startedAt(), value.toString(), null);
    }
}
