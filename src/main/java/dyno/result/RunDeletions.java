package dyno.result;

import static java.time.ZoneOffset.UTC;

import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// Runs that somebody deletes, and brings back until they are purged. Safe for any number of threads.
@Repository
public class RunDeletions {

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final RetentionProperties settings;
    private final BaselineStore baselines;
    private final ObjectProvider<Reruns> reruns;

    RunDeletions(
            JdbcClient jdbc,
            InstantSource clock,
            RetentionProperties settings,
            BaselineStore baselines,
            ObjectProvider<Reruns> reruns) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings;
        this.baselines = baselines;
        this.reruns = reruns;
    }

    /// @throws ProblemException `not-found`; `run-in-use` where it is a baseline, or is being measured
    ///                          again
    @Transactional
    public void delete(UUID run) {
        // A baseline that somebody makes of it holds this lock too.
        boolean isThere =
                jdbc.sql("""
                SELECT id
                FROM run
                WHERE id = :run
                  AND deleted_at IS NULL
                FOR UPDATE
                """).param("run", run).query(UUID.class).optional().isPresent();
        if (!isThere) {
            throw missing(run);
        }
        baselines.requireNone(run);
        @Nullable UUID job = rerunOf(run);
        if (job != null) {
            throw new ProblemException(
                    ProblemCode.RUN_IN_USE, "Run %s is being measured again by job %s".formatted(run, job));
        }
        jdbc.sql("""
                UPDATE run
                SET deleted_at = :now
                WHERE id = :run
                """)
                .param("now", clock.instant().atOffset(UTC))
                .param("run", run)
                .update();
    }

    private @Nullable UUID rerunOf(UUID run) {
        var queue = reruns.getIfAvailable();
        return queue == null ? null : queue.unfinished().get(run);
    }

    /// Brings a run back; policies leave it alone from now on.
    ///
    /// @throws ProblemException `not-found` where it is not deleted, or purged already
    public void restore(UUID run) {
        int restored = jdbc.sql("""
                UPDATE run
                SET deleted_at = NULL,
                    spared = true
                WHERE id = :run
                  AND deleted_at IS NOT NULL
                """).param("run", run).update();
        if (restored == 0) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no deleted run " + run);
        }
    }

    /// What is to be said of a run that is not there, or deleted.
    ProblemException missing(UUID run) {
        return new ProblemException(
                ProblemCode.NOT_FOUND,
                deletedAt(run)
                        .map(at -> "Run %s was deleted at %s; POST /api/v1/runs/%s/restore brings it back until %s"
                                .formatted(run, at, run, at.plus(settings.purgeAfter())))
                        .orElse("There is no run " + run));
    }

    private Optional<Instant> deletedAt(UUID run) {
        return jdbc.sql("""
                SELECT deleted_at
                FROM run
                WHERE id = :run
                  AND deleted_at IS NOT NULL
                """)
                .param("run", run)
                .query((row, number) ->
                        row.getObject("deleted_at", OffsetDateTime.class).toInstant())
                .optional();
    }
}
