package dyno.job;

import dyno.engine.FailureCode;
import dyno.job.JobStore.Ended;
import dyno.job.Payload.Draft;
import dyno.measurement.Plan.Mode;
import dyno.result.Failure;
import dyno.result.ResultStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// The queue's table as nodes see it: claiming, putting back, finishing. Every change is a
/// compare-and-set that appends its events in the same transaction. Safe for any number of threads and
/// nodes.
final class ClaimStore {

    /// How long a claim holds without being renewed, by the database's clock.
    static final Duration LEASE = Duration.ofSeconds(10);

    /// Losses of a node that a job survives: one.
    private static final int MAX_ATTEMPTS = 2;

    /// Nobody compares SMOKE runs; a day is for looking at them.
    private static final Duration SMOKE_KEPT = Duration.ofHours(24);

    private static final int FORGOTTEN_AT_ONCE = 200;

    /// The job that is a claimant's next, once something is said to be selected of it.
    private static final String HEAD = """
            FROM job
            WHERE state = 'QUEUED'
                AND id <> ALL (:own)
                AND memory_bytes <= CASE mode WHEN 'SMOKE' THEN :smokeBytes ELSE :measureBytes END
                AND pins <@ COALESCE((SELECT labels FROM node WHERE name = :worker), '{}')
                AND NOT EXISTS (SELECT 1 FROM node WHERE name = :worker AND draining)
                AND NOT EXISTS (
                    SELECT 1
                    FROM job_dataset
                    JOIN dataset ON dataset.id = job_dataset.dataset_id
                    WHERE job_dataset.job_id = job.id AND dataset.node <> :worker)
            ORDER BY priority DESC, created_at, id
            LIMIT 1
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JobJson json;
    private final EventLog events;
    private final ResultStore results;

    ClaimStore(JdbcClient jdbc, TransactionTemplate transaction, JobJson json, EventLog events, ResultStore results) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
        this.events = events;
        this.results = results;
    }

    /// Mode of the job at the head of the queue; empty where none waits that the node may run.
    Optional<Mode> head(Claimant claimant) {
        return jdbc.sql("SELECT mode " + HEAD)
                .params(claimant.parameters())
                .query(String.class)
                .optional()
                .map(Mode::valueOf);
    }

    /// Claims the head of the queue, passing over jobs that others are claiming right now, that are
    /// pinned to another kind of node, that read a dataset which lies on another, or that need more memory
    /// than this one ever lends. A head for which there is no room just now is not overtaken. A node that
    /// drains claims nothing.
    Optional<Claim> claim(Claimant claimant, Room room, Instant now) {
        return execute(() -> {
            var claimed = jdbc.sql("""
                            WITH head AS (SELECT id %s FOR UPDATE SKIP LOCKED)
                            UPDATE job
                            SET state = 'RUNNING', attempt = attempt + 1, worker = :worker, started_at = :now,
                                lost_by = NULL, lease_until = now() + make_interval(secs => :lease),
                                last_event = last_event + 1
                            FROM head
                            WHERE job.id = head.id
                                AND (
                                    (job.mode = 'MEASURE' AND :measure)
                                    OR (job.mode = 'SMOKE' AND job.memory_bytes <= :smokeRoom))
                            RETURNING job.id, job.attempt, job.last_event
                            """.formatted(HEAD))
                    .params(claimant.parameters())
                    .param("now", JobRow.timestamp(now))
                    .param("lease", LEASE.toSeconds())
                    .param("measure", room.measure())
                    .param("smokeRoom", room.smokeBytes())
                    .query((row, number) -> new Taken(
                            new Claim(row.getObject("id", UUID.class), claimant.worker(), row.getInt("attempt")),
                            row.getLong("last_event")))
                    .optional();
            claimed.ifPresent(taken -> events.append(
                    taken.claim().job(),
                    taken.lastEvent(),
                    List.of(Draft.state(
                            new Payload.State(JobState.RUNNING, taken.claim().attempt(), claimant.worker(), null))),
                    now));
            return claimed.map(Taken::claim);
        });
    }

    private record Taken(Claim claim, long lastEvent) {}

    /// Says that a running job came further.
    ///
    /// @param progress replaces the job's; null keeps it
    /// @return false where the claim is lost
    boolean append(Claim claim, @Nullable Progress progress, List<Draft> drafts, Instant now) {
        return execute(() -> {
            var lastEvent = jdbc.sql("""
                            UPDATE job
                            SET progress = COALESCE(CAST(:progress AS json), progress),
                                last_event = last_event + :events
                            WHERE id = :job AND attempt = :attempt AND worker = :worker AND state = 'RUNNING'
                            RETURNING last_event
                            """)
                    .param("progress", json.writeIfPresent(progress))
                    .param("events", drafts.size())
                    .param("job", claim.job())
                    .param("attempt", claim.attempt())
                    .param("worker", claim.worker())
                    .query(Long.class)
                    .optional();
            lastEvent.ifPresent(last -> events.append(claim.job(), last, drafts, now));
            return lastEvent.isPresent();
        });
    }

    /// Ends a job and stores its run, or does neither. A job that was put back because its lease ran out
    /// is ended all the same while no other attempt has begun.
    ///
    /// @param unsaid events that were not written while it ran; they come before its end
    /// @return false where the claim is lost: the job was cancelled or went to another node
    boolean finish(Claim claim, JobEnd end, List<Draft> unsaid, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!isTaken(claim)) {
                return false;
            }
            // The run first: writing it may take long, and must not hold the job's row against a cancellation.
            var run = end.run();
            if (run != null) {
                results.add(run);
            }
            var ended = end(claim, end, unsaid.size() + 2, now);
            if (ended.isEmpty()) {
                status.setRollbackOnly();
                return false;
            }
            var drafts = new ArrayList<>(unsaid);
            drafts.addAll(ended.get().events(end.state(), end.runId(), end.failure()));
            events.append(claim.job(), ended.get().lastEvent(), drafts, now);
            return true;
        }));
    }

    /// Whether an end of the claim would be taken just now; what counts is whether it is then.
    private boolean isTaken(Claim claim) {
        return jdbc.sql("""
                        SELECT EXISTS (
                            SELECT 1
                            FROM job
                            WHERE id = :job
                                AND attempt = :attempt
                                AND ((state = 'RUNNING' AND worker = :worker)
                                    OR (state = 'QUEUED' AND lost_by = :worker)))
                        """)
                .param("job", claim.job())
                .param("attempt", claim.attempt())
                .param("worker", claim.worker())
                .query(Boolean.class)
                .single();
    }

    private Optional<Ended> end(Claim claim, JobEnd end, int newEvents, Instant now) {
        return jdbc.sql("""
                        UPDATE job
                        SET state = :state, run_id = :runId, failure = CAST(:failure AS json),
                            worker = :worker, lost_by = NULL, lease_until = NULL, progress = NULL, finished_at = :now,
                            last_event = last_event + :events
                        WHERE id = :job
                            AND attempt = :attempt
                            AND ((state = 'RUNNING' AND worker = :worker)
                                OR (state = 'QUEUED' AND lost_by = :worker))
                        RETURNING last_event
                        """)
                .param("state", end.state().name())
                .param("runId", end.runId())
                .param("failure", json.writeIfPresent(end.failure()))
                .param("now", JobRow.timestamp(now))
                .param("events", newEvents)
                .param("job", claim.job())
                .param("attempt", claim.attempt())
                .param("worker", claim.worker())
                .query((row, number) -> new Ended(row.getLong("last_event"), claim.attempt(), claim.worker()))
                .optional();
    }

    /// Puts a job back because its node stops; this uses up no attempt.
    ///
    /// @return false where the claim is lost
    boolean release(Claim claim, Instant now) {
        return execute(() -> requeue(claim, claim.attempt() - 1, null, "its node stopped", now));
    }

    /// Puts back jobs whose leases ran out, or fails them where that happened before.
    ///
    /// @param spared jobs that the caller is running: the database was out of reach, not the node
    /// @return the jobs that were taken from their nodes
    List<UUID> recoverExpired(Set<UUID> spared, Instant now) {
        return execute(() -> {
            var lost = jdbc.sql("""
                            SELECT id, worker, attempt
                            FROM job
                            WHERE state = 'RUNNING' AND lease_until < now()
                            FOR UPDATE SKIP LOCKED
                            """)
                    .query((row, number) ->
                            new Claim(row.getObject("id", UUID.class), row.getString("worker"), row.getInt("attempt")))
                    .list();
            lost.removeIf(claim -> spared.contains(claim.job()));
            lost.forEach(claim -> recover(claim, "the lease of " + claim.worker() + " ran out", now));
            return lost.stream().map(Claim::job).toList();
        });
    }

    /// Puts back what a node of this name ran before it died, or fails it where that happened before.
    ///
    /// @return the jobs that were its own
    List<UUID> recoverOwn(String worker, Instant now) {
        return execute(() -> {
            var own = jdbc.sql("""
                            SELECT id, attempt
                            FROM job
                            WHERE state = 'RUNNING' AND worker = :worker
                            FOR UPDATE
                            """)
                    .param("worker", worker)
                    .query((row, number) -> new Claim(row.getObject("id", UUID.class), worker, row.getInt("attempt")))
                    .list();
            own.forEach(claim -> recover(claim, worker + " died and started anew", now));
            return own.stream().map(Claim::job).toList();
        });
    }

    private void recover(Claim claim, String reason, Instant now) {
        if (claim.attempt() < MAX_ATTEMPTS) {
            requeue(claim, claim.attempt(), claim.worker(), reason, now);
        } else {
            var message = "The job lost its node %d times; the last time %s".formatted(claim.attempt(), reason);
            var failure = new Failure(FailureCode.WORKER_LOST, message, null, null);
            finish(claim, new JobEnd(JobState.FAILED, failure, null), List.of(), now);
        }
    }

    /// @param lostBy whose result would still be taken
    private boolean requeue(Claim claim, int attempt, @Nullable String lostBy, String reason, Instant now) {
        var lastEvent = jdbc.sql("""
                        UPDATE job
                        SET state = 'QUEUED', attempt = :newAttempt, worker = NULL, lost_by = :lostBy,
                            lease_until = NULL, progress = NULL, last_event = last_event + 1
                        WHERE id = :job AND attempt = :attempt AND worker = :worker AND state = 'RUNNING'
                        RETURNING last_event
                        """)
                .param("newAttempt", attempt)
                .param("lostBy", lostBy)
                .param("job", claim.job())
                .param("attempt", claim.attempt())
                .param("worker", claim.worker())
                .query(Long.class)
                .optional();
        lastEvent.ifPresent(last -> events.append(
                claim.job(),
                last,
                List.of(Draft.state(new Payload.State(JobState.QUEUED, attempt, null, reason))),
                now));
        return lastEvent.isPresent();
    }

    /// Removes SMOKE runs that have been kept for long enough, some at a time.
    ///
    /// @return whether there may be more
    boolean forgetSmokeRuns(Instant now) {
        return results.removeSmokeRuns(now.minus(SMOKE_KEPT), FORGOTTEN_AT_ONCE) == FORGOTTEN_AT_ONCE;
    }

    private <T> T execute(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}
