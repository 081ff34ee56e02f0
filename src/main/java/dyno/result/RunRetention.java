package dyno.result;

import static java.time.ZoneOffset.UTC;

import dyno.result.PolicyMatches.Step;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Takes runs away as the policies say: first their raw samples, then the run, which stays deleted for a
/// while, then all of it. Each step is a batch and each run of it a statement or transaction of its own: a
/// node that dies has done a part, and the next sweep does the rest. Safe for any number of threads and
/// nodes.
@Service
public class RunRetention {

    /// Runs of a batch; some hundred cases are looked at for one.
    static final int BATCH = 50;

    private static final Logger LOG = LoggerFactory.getLogger(RunRetention.class);

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final RetentionProperties settings;
    private final PolicyMatches matches;
    private final KeptRuns kept;
    private final LevelChanges changes;
    private final SampleExpiry expiry;

    RunRetention(
            JdbcClient jdbc,
            InstantSource clock,
            RetentionProperties settings,
            KeptRuns kept,
            LevelChanges changes,
            SampleExpiry expiry) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings;
        this.matches = new PolicyMatches(jdbc, settings.policies());
        this.kept = kept;
        this.changes = changes;
        this.expiry = expiry;
    }

    /// Lets go the raw samples of a batch of old runs.
    ///
    /// @return whether there may be more
    public boolean expireSomeSamples() {
        var now = clock.instant();
        var old = matches.due(Step.SAMPLES, now, kept.ids(), BATCH);
        long expired =
                sparing(old).stream().filter(run -> expiry.expire(run, now)).count();
        if (expired > 0) {
            LOG.info("raw samples of {} runs are not kept any more", expired);
        }
        return old.size() == BATCH;
    }

    /// Deletes a batch of old runs; they can be brought back until they are purged.
    ///
    /// @return whether there may be more
    @Transactional
    public boolean deleteSomeRuns() {
        var now = clock.instant();
        var old = matches.due(Step.RUN, now, kept.ids(), BATCH);
        int deleted = delete(sparing(old), now);
        if (deleted > 0) {
            LOG.info("{} runs are older than their policy keeps them: deleted", deleted);
        }
        return old.size() == BATCH;
    }

    /// Those that stand beside no change of level; the others are left alone from now on.
    private List<UUID> sparing(List<UUID> old) {
        if (settings.changePointRuns() == 0 || old.isEmpty()) {
            return old;
        }
        var beside = changes.beside(old);
        if (!beside.isEmpty()) {
            spare(beside);
        }
        var going = new HashSet<>(old);
        going.removeAll(beside);
        return old.stream().filter(going::contains).toList();
    }

    private void spare(Set<UUID> runs) {
        jdbc.sql("""
                UPDATE run
                SET spared = true
                WHERE id = ANY (CAST(:ids AS uuid[]))
                  AND NOT spared
                """).param("ids", PolicyMatches.texts(runs)).update();
    }

    private int delete(List<UUID> runs, Instant now) {
        // Who is making one of them a baseline ends first; the next statement sees it.
        jdbc.sql("""
                SELECT id
                FROM run
                WHERE id = ANY (CAST(:ids AS uuid[]))
                ORDER BY id
                FOR UPDATE
                """)
                .param("ids", PolicyMatches.texts(Set.copyOf(runs)))
                .query(UUID.class)
                .list();
        return jdbc.sql("""
                UPDATE run
                SET deleted_at = :now
                WHERE id = ANY (CAST(:ids AS uuid[]))
                  AND deleted_at IS NULL
                  AND NOT spared
                  AND NOT EXISTS (SELECT 1 FROM baseline WHERE baseline.run_id = run.id)
                """)
                .param("now", now.atOffset(UTC))
                .param("ids", PolicyMatches.texts(Set.copyOf(runs)))
                .update();
    }

    /// Removes a batch of runs that have been deleted for long enough, with all that belongs to them. Joins
    /// the caller's transaction. A run that somebody made a baseline meanwhile stays.
    ///
    /// @param most how many at once
    public Purged purgeSomeRuns(int most) {
        var removed = jdbc.sql("""
                DELETE FROM run
                WHERE id IN (
                    SELECT id
                    FROM run
                    WHERE deleted_at <= :before
                      AND NOT EXISTS (SELECT 1 FROM baseline WHERE baseline.run_id = run.id)
                    ORDER BY deleted_at
                    LIMIT :most
                    FOR UPDATE SKIP LOCKED)
                RETURNING job_id
                """)
                .param("before", clock.instant().minus(settings.purgeAfter()).atOffset(UTC))
                .param("most", most)
                .query((row, number) -> Optional.ofNullable(row.getObject("job_id", UUID.class)))
                .list();
        return new Purged(
                removed.size(), removed.stream().flatMap(Optional::stream).toList());
    }

    /// @param runs how many were removed
    /// @param jobs theirs; imported runs have none
    public record Purged(int runs, List<UUID> jobs) {}
}
