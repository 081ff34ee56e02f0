package dyno.result;

import static java.time.ZoneOffset.UTC;

import com.github.f4b6a3.uuid.UuidCreator;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Sample;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Runs with their cases, forks and raw samples in PostgreSQL. A run is written once and never changed;
/// what becomes of old ones is [RunRetention]'s.
@Repository
public class ResultStore {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final StoredJson json = new StoredJson();
    private final RunReader reader;

    public ResultStore(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
        this.reader = new RunReader(jdbc, json);
    }

    /// Stores a run and publishes [RunStored]. Joins the caller's transaction, so that a run is there
    /// exactly when its job has ended.
    ///
    /// @param run every case with its forks
    /// @throws org.springframework.dao.DuplicateKeyException where its job has a run already
    public void add(Run run) {
        addEnvironment(run);
        addRun(run);
        for (int position = 0; position < run.cases().size(); position++) {
            var result = run.cases().get(position);
            addCase(run.id(), position, result);
            if (result.forks() != null && !result.forks().isEmpty()) {
                addForks(run.id(), position, result.forks());
            }
        }
        events.publishEvent(new RunStored(run));
    }

    /// Removes SMOKE runs, oldest first, with all that belongs to them.
    ///
    /// @param startedBefore those that are older
    /// @param most          how many at once
    /// @return how many it were
    public int removeSmokeRuns(Instant startedBefore, int most) {
        return jdbc.sql("""
                DELETE FROM run
                WHERE id IN (
                    SELECT id
                    FROM run
                    WHERE mode = 'SMOKE'
                      AND started_at < :before
                    ORDER BY started_at
                    LIMIT :most
                    FOR UPDATE SKIP LOCKED)
                """)
                .param("before", startedBefore.atOffset(UTC))
                .param("most", most)
                .update();
    }

    /// Those of the jobs that have a run, deleted ones included.
    public Set<UUID> jobsWithRun(Collection<UUID> jobs) {
        return Set.copyOf(jdbc.sql("""
                SELECT job_id
                FROM run
                WHERE job_id = ANY (CAST(:jobs AS uuid[]))
                """)
                .param("jobs", jobs.stream().map(UUID::toString).toArray(String[]::new))
                .query(UUID.class)
                .list());
    }

    /// A run that nobody deleted.
    ///
    /// @param withSamples whether the cases come with their forks and raw samples, as far as these are kept
    public Optional<Run> find(UUID id, boolean withSamples) {
        return reader.find(id, withSamples);
    }

    /// An import knows little of where it was measured: it never takes the place of facts that were read.
    private void addEnvironment(Run run) {
        jdbc.sql("""
                INSERT INTO environment (fingerprint, id, facts, first_seen_at, last_seen_at)
                VALUES (:fingerprint, :id, CAST(:facts AS json), :at, :at)
                ON CONFLICT (fingerprint) DO UPDATE
                SET facts = CASE WHEN excluded.last_seen_at >= environment.last_seen_at AND NOT :imported
                                 THEN excluded.facts
                                 ELSE environment.facts END,
                    first_seen_at = LEAST(environment.first_seen_at, excluded.first_seen_at),
                    last_seen_at = GREATEST(environment.last_seen_at, excluded.last_seen_at)
                """)
                .param("fingerprint", run.environment().fingerprint())
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("facts", json.write(run.environment().lastingFacts()))
                .param("imported", run.imported())
                .param("at", run.startedAt().atOffset(UTC))
                .update();
    }

    private void addRun(Run run) {
        jdbc.sql("""
                INSERT INTO run (id, job_id, engine, mode, plan, started_at, finished_at, labels, reason, partial,
                                 imported, fingerprint, facts, grade, grade_reason, quality_warnings, quality,
                                 canary_score, cases)
                VALUES (:id, :jobId, :engine, :mode, CAST(:plan AS json), :startedAt, :finishedAt,
                        CAST(:labels AS jsonb), :reason, :partial, :imported, :fingerprint, CAST(:facts AS json),
                        :grade, :gradeReason, :warnings, CAST(:quality AS json), :canaryScore, :cases)
                """)
                .param("id", run.id())
                .param("jobId", run.jobId())
                .param("engine", run.engine())
                .param("mode", run.mode().name())
                .param("plan", run.plan() == null ? null : json.write(run.plan()))
                .param("startedAt", run.startedAt().atOffset(UTC))
                .param("finishedAt", run.finishedAt().atOffset(UTC))
                .param("labels", json.write(run.labels()))
                .param("reason", run.reason())
                .param("partial", run.partial())
                .param("imported", run.imported())
                .param("fingerprint", run.environment().fingerprint())
                .param("facts", json.write(run.environment().facts()))
                .param("grade", run.quality().grade())
                .param("gradeReason", run.quality().gradeReason())
                .param("warnings", run.quality().warnings().toArray(String[]::new))
                .param("quality", json.write(run.quality()))
                .param("canaryScore", canaryScore(run))
                .param("cases", run.cases().size())
                .update();
    }

    private static @Nullable Double canaryScore(Run run) {
        var canary = run.quality().canary();
        return canary == null ? null : canary.score();
    }

    private void addCase(UUID run, int position, CaseResult result) {
        var score = result.score();
        var interval = score == null ? null : score.ci95();
        jdbc.sql("""
                INSERT INTO case_result (run_id, position, name, score, score_unit, ci95_low, ci95_high,
                                         input_digest, failure_code, workload_digest, result)
                VALUES (:run, :position, :name, :score, :unit, :low, :high, :digest, :failure,
                        md5(CAST(CAST(:workload AS jsonb) AS text)), CAST(:result AS json))
                """)
                .param("run", run)
                .param("position", position)
                .param("name", result.name())
                .param("score", score == null ? null : score.value())
                .param("unit", score == null ? null : score.unit())
                .param("low", interval == null ? null : interval.low())
                .param("high", interval == null ? null : interval.high())
                .param("digest", result.input() == null ? null : result.input().digest())
                .param(
                        "failure",
                        result.failure() == null
                                ? null
                                : result.failure().code().name())
                .param("workload", json.write(result.workload()))
                .param("result", json.write(result.withForks(null)))
                .update();
    }

    /// One statement a case, since a job may have thousands of forks.
    private void addForks(UUID run, int position, List<MeasuredFork> forks) {
        jdbc.sql("""
                INSERT INTO fork (run_id, case_position, index, pid, elapsed_nanos, invocations, items, bytes, rest)
                SELECT :run, :position, index, pid, "elapsedNanos", invocations, items, bytes, rest
                FROM json_to_recordset(CAST(:forks AS json))
                  AS given (index integer, pid bigint, "elapsedNanos" bigint[], invocations bigint[],
                            items bigint[], bytes bigint[], rest json)
                """)
                .param("run", run)
                .param("position", position)
                .param(
                        "forks",
                        json.write(forks.stream().map(ResultStore::columns).toList()))
                .update();
    }

    private static Map<String, Object> columns(MeasuredFork fork) {
        return Map.of(
                "index", fork.index(),
                "pid", fork.pid(),
                "elapsedNanos", column(fork, Sample::elapsedNanos),
                "invocations", column(fork, Sample::invocations),
                "items", column(fork, Sample::items),
                "bytes", column(fork, Sample::bytes),
                "rest", ForkRest.of(fork));
    }

    private static long[] column(MeasuredFork fork, ToLongFunction<Sample> value) {
        return fork.samples().stream().mapToLong(value).toArray();
    }
}
