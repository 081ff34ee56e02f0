package dyno.job;

import dyno.job.Payload.Draft;
import dyno.result.Failure;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// The queue's table as clients see it: adding, finding, listing, cancelling. Safe for any number of threads.
final class JobStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JobJson json;
    private final EventLog events;
    private final JobRow rows;

    JobStore(JdbcClient jdbc, TransactionTemplate transaction, JobJson json, EventLog events) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
        this.events = events;
        this.rows = new JobRow(json);
    }

    /// Queues a job; its datasets stay as they were when it was planned until it ends.
    ///
    /// @return as it stands in the table
    /// @throws ProblemException `unknown-dataset` where one was deleted or changed meanwhile
    Job add(UUID id, PlannedJob job, Instant now) {
        var first = new ArrayList<Draft>();
        first.add(Draft.state(new Payload.State(JobState.QUEUED, 0, null, null)));
        job.warnings().forEach(warning -> first.add(Draft.warning(warning)));
        if (job.datasets().isEmpty()) {
            insert(id, job, first, now);
        } else {
            transaction.executeWithoutResult(status -> {
                insert(id, job, first, now);
                job.datasets().forEach(dataset -> pin(id, dataset));
            });
        }
        return queued(id, job, now);
    }

    private static Job queued(UUID id, PlannedJob job, Instant now) {
        return new Job(
                id,
                job.spec().engine(),
                job.plan().mode(),
                JobState.QUEUED,
                job.spec().priority(),
                0,
                null,
                job.cases().size(),
                job.estimatedSeconds(),
                job.memoryBytes(),
                job.warnings(),
                now,
                null,
                null,
                null,
                null,
                null,
                job.spec().labels(),
                job.tree());
    }

    /// The job and its first events by one statement: a submission is little else than round trips.
    private void insert(UUID id, PlannedJob job, List<Draft> first, Instant now) {
        jdbc.sql("""
                        WITH accepted AS (
                            INSERT INTO job (
                                id, engine, mode, state, priority, case_count, estimated_seconds, memory_bytes,
                                warnings, labels, pins, spec, cases, created_at, last_event)
                            VALUES (
                                :id, :engine, :mode, 'QUEUED', :priority, :caseCount, :estimatedSeconds,
                                :memoryBytes, CAST(:warnings AS json), CAST(:labels AS jsonb), CAST(:pins AS jsonb),
                                CAST(:spec AS json), CAST(:cases AS json), :createdAt, :lastEvent)
                            RETURNING id, created_at)
                        INSERT INTO job_event (job_id, id, type, payload, at)
                        SELECT accepted.id, position, type, CAST(payload AS json), created_at
                        FROM accepted, unnest(CAST(:types AS text[]), CAST(:payloads AS text[]))
                            WITH ORDINALITY AS given (type, payload, position)
                        """)
                .param("id", id)
                .param("engine", job.spec().engine())
                .param("mode", job.plan().mode().name())
                .param("priority", job.spec().priority())
                .param("caseCount", job.cases().size())
                .param("estimatedSeconds", job.estimatedSeconds())
                .param("memoryBytes", job.memoryBytes())
                .param("warnings", json.write(job.warnings()))
                .param("labels", json.write(job.spec().labels()))
                .param("pins", json.write(NodePins.of(job.spec().labels())))
                .param("spec", json.write(job.tree()))
                .param("cases", json.write(job.cases()))
                .param("createdAt", JobRow.timestamp(now))
                .param("lastEvent", first.size())
                .param("types", EventLog.types(first))
                .param("payloads", events.payloads(first))
                .update();
        events.announce(id, first);
    }

    /// The lock keeps the dataset from changing until the row that says who reads it is committed.
    private void pin(UUID job, PlannedDataset dataset) {
        int pinned = jdbc.sql("""
                        INSERT INTO job_dataset (job_id, dataset_id)
                        SELECT :job, id
                        FROM dataset
                        WHERE name = :name AND sha256 = :sha256
                        FOR KEY SHARE
                        """)
                .param("job", job)
                .param("name", dataset.name())
                .param("sha256", dataset.sha256())
                .update();
        if (pinned == 0) {
            throw new ProblemException(
                    ProblemCode.UNKNOWN_DATASET,
                    "Dataset %s was deleted or changed while the job was planned".formatted(dataset.name()));
        }
    }

    Optional<Job> find(UUID id) {
        return jdbc.sql("""
                        SELECT
                            id, engine, mode, state, priority, attempt, worker, case_count, estimated_seconds,
                            memory_bytes, warnings, created_at, started_at, finished_at, progress, run_id, failure,
                            labels, spec
                        FROM job
                        WHERE id = :id
                        """).param("id", id).query(rows).optional();
    }

    Job require(UUID id) {
        return find(id).orElseThrow(() -> new IllegalStateException("Job " + id + " is gone"));
    }

    /// Newest first, at most `limit + 1`: the one too many says that there are more.
    List<Job> list(JobFilter filter) {
        var after = filter.after();
        return jdbc.sql("""
                        SELECT
                            id, engine, mode, state, priority, attempt, worker, case_count, estimated_seconds,
                            memory_bytes, warnings, created_at, started_at, finished_at, progress, run_id, failure,
                            labels, spec
                        FROM job
                        WHERE (CAST(:state AS text) IS NULL OR state = :state)
                            AND (CAST(:engine AS text) IS NULL OR engine = :engine)
                            AND labels @> CAST(:labels AS jsonb)
                            AND (
                                CAST(:afterId AS uuid) IS NULL
                                OR (created_at, id) < (CAST(:afterAt AS timestamptz), CAST(:afterId AS uuid)))
                        ORDER BY created_at DESC, id DESC
                        LIMIT :limit
                        """)
                .param("state", filter.state() == null ? null : filter.state().name())
                .param("engine", filter.engine())
                .param("labels", json.write(filter.labels()))
                .param("afterAt", after == null ? null : JobRow.timestamp(after.instant()))
                .param("afterId", after == null ? null : after.id())
                .param("limit", filter.limit() + 1)
                .query(rows)
                .list();
    }

    /// The cases of a job, as they were planned.
    List<PlannedCase> cases(UUID id) {
        return json.cases(jdbc.sql("SELECT cases FROM job WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single());
    }

    /// Place of a waiting job in the queue, 1 for the head; empty where it does not wait.
    Optional<Integer> position(Job job) {
        if (job.state() != JobState.QUEUED) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        SELECT count(*) AS jobs, count(*) FILTER (WHERE id = :id) AS own
                        FROM job
                        WHERE state = 'QUEUED'
                            AND (priority > :priority
                                OR (priority = :priority AND (created_at, id) <= (:createdAt, :id)))
                        """)
                .param("id", job.id())
                .param("priority", job.priority())
                .param("createdAt", JobRow.timestamp(job.createdAt()))
                // A job that was claimed between the two questions has no place any more.
                .query((row, number) ->
                        row.getInt("own") == 0 ? Optional.<Integer>empty() : Optional.of(row.getInt("jobs")))
                .single();
    }

    /// Places of all waiting jobs in the queue, 1 for the head.
    Map<UUID, Integer> positions() {
        var positions = new HashMap<UUID, Integer>();
        jdbc.sql("""
                        SELECT id
                        FROM job
                        WHERE state = 'QUEUED'
                        ORDER BY priority DESC, created_at, id
                        """).query(UUID.class).list().forEach(id -> positions.put(id, positions.size() + 1));
        return positions;
    }

    /// Jobs that have not ended and carry a label, with its value.
    Map<UUID, String> unfinishedWith(String label) {
        var found = new HashMap<UUID, String>();
        jdbc.sql("""
                        SELECT id, labels ->> :label AS value
                        FROM job
                        WHERE state IN ('QUEUED', 'RUNNING')
                            AND labels ->> :label IS NOT NULL
                        """)
                .param("label", label)
                .query((row, number) -> found.put(row.getObject("id", UUID.class), row.getString("value")))
                .list();
        return found;
    }

    /// Those of the jobs that stored a run once.
    Set<UUID> withRunId(Collection<UUID> ids) {
        return Set.copyOf(jdbc.sql("""
                        SELECT id
                        FROM job
                        WHERE id = ANY (CAST(:ids AS uuid[]))
                            AND run_id IS NOT NULL
                            AND state NOT IN ('QUEUED', 'RUNNING')
                        """)
                .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .query(UUID.class)
                .list());
    }

    /// How many jobs are in each state; all states are there.
    Map<JobState, Long> counts() {
        var counts = new EnumMap<JobState, Long>(JobState.class);
        for (var state : JobState.values()) {
            counts.put(state, 0L);
        }
        jdbc.sql("""
                        SELECT state, count(*) AS jobs
                        FROM job
                        GROUP BY state
                        """)
                .query((row, number) -> counts.put(JobState.valueOf(row.getString("state")), row.getLong("jobs")))
                .list();
        return counts;
    }

    /// How many jobs wait of each priority that any has.
    Map<Integer, Long> waitingByPriority() {
        var waiting = new HashMap<Integer, Long>();
        jdbc.sql("""
                        SELECT priority, count(*) AS jobs
                        FROM job
                        WHERE state = 'QUEUED'
                        GROUP BY priority
                        """)
                .query((row, number) -> waiting.put(row.getInt("priority"), row.getLong("jobs")))
                .list();
        return waiting;
    }

    /// When the job that has waited longest was accepted; empty where none waits.
    Optional<Instant> oldestWaiting() {
        return jdbc.sql("""
                        SELECT created_at
                        FROM job
                        WHERE state = 'QUEUED'
                        ORDER BY created_at
                        LIMIT 1
                        """)
                .query((row, number) -> JobRow.instant(row, "created_at"))
                .optional();
    }

    /// Cancels a job that is not finished.
    ///
    /// @return whether it was this call that cancelled it
    boolean cancel(UUID id, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            var cancelled = jdbc.sql("""
                            UPDATE job
                            SET state = 'CANCELLED', lease_until = NULL, progress = NULL, finished_at = :now,
                                last_event = last_event + 2
                            WHERE id = :id AND state IN ('QUEUED', 'RUNNING')
                            RETURNING last_event, attempt, worker
                            """)
                    .param("id", id)
                    .param("now", JobRow.timestamp(now))
                    .query((row, number) ->
                            new Ended(row.getLong("last_event"), row.getInt("attempt"), row.getString("worker")))
                    .optional();
            cancelled.ifPresent(
                    ended -> events.append(id, ended.lastEvent(), ended.events(JobState.CANCELLED, null, null), now));
            return cancelled.isPresent();
        }));
    }

    /// What a job's last row change left for its last two events.
    record Ended(long lastEvent, int attempt, @Nullable String worker) {

        List<Draft> events(JobState state, @Nullable UUID runId, @Nullable Failure failure) {
            return List.of(
                    Draft.state(new Payload.State(state, attempt, worker, null)),
                    Draft.end(new Payload.End(state, runId, failure)));
        }
    }
}
