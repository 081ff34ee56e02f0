package dyno.job;

import static dyno.job.Submissions.plan;

import com.github.f4b6a3.uuid.UuidCreator;
import dyno.environment.Environment;
import dyno.measurement.Plan;
import dyno.result.ResultJacksonModule;
import dyno.result.ResultStore;
import dyno.result.RetentionProperties;
import dyno.result.Run;
import dyno.support.TestDatabase;
import dyno.web.JsonFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/// A queue on a database of its own, without Spring. Jobs are accepted a second apart.
final class TestQueue {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00.000001Z");

    static final String SMOKE = "{'engine': 'pump', 'plan': {'mode': 'SMOKE'}}";
    static final String MEASURE = "{'engine': 'pump', 'plan': {'forks': 1}}";

    final FlakyDatabase database = new FlakyDatabase(TestDatabase.fresh());
    final JdbcClient jdbc = JdbcClient.create(database);
    final JobJson json = new JobJson(mapper());

    /// Jobs whose ends were told, in order.
    final List<UUID> ended = Collections.synchronizedList(new ArrayList<>());

    final EventLog log = new EventLog(jdbc, json, this::hearEnd);
    final JobStore jobs;
    final ClaimStore claims;
    final NodeStore nodes = new NodeStore(jdbc, mapper());
    final NodeQueue node;
    final ResultStore results;

    /// What was published, in order.
    final List<Object> news = Collections.synchronizedList(new ArrayList<>());

    private final AtomicInteger accepted = new AtomicInteger();

    TestQueue() {
        var transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.results = new ResultStore(jdbc, event -> {});
        this.jobs = new JobStore(jdbc, transaction, json, log);
        this.claims = new ClaimStore(jdbc, transaction, json, log, results);
        this.node = new NodeQueue(
                jobs, claims, new JobNews(news::add, jobs), () -> Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    private static JsonMapper mapper() {
        var builder = JsonMapper.builder();
        new JsonFormat().customize(builder);
        return builder.addModule(new ResultJacksonModule()).build();
    }

    /// What bounds a node's files, with default bounds.
    NodeFiles files(Path data) {
        return files(data, DataSize.ofGigabytes(50));
    }

    /// @param cacheBytes that generated inputs may take
    NodeFiles files(Path data, DataSize cacheBytes) {
        var settings = new RetentionProperties(
                List.of(), Duration.ofDays(7), 5, Duration.ofHours(24), DataSize.ofGigabytes(50), cacheBytes);
        return new NodeFiles(data, settings, jobs, results);
    }

    /// Forgets every job and run, and what was published.
    TestQueue emptied() {
        jdbc.sql("TRUNCATE job, job_event, run, node, dataset CASCADE").update();
        news.clear();
        ended.clear();
        return this;
    }

    private void hearEnd(UUID job) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new AssertionError("The end of job " + job + " is told too late");
        }
        ended.add(job);
    }

    /// @param json with apostrophes for quotation marks
    UUID add(String json) {
        var id = UuidCreator.getTimeOrderedEpoch();
        jobs.add(id, plan(json), NOON.plusSeconds(accepted.getAndIncrement()));
        return id;
    }

    Claim claim(String worker) {
        return claims.claim(claimant(worker), new Room(true, Long.MAX_VALUE), NOON)
                .orElseThrow();
    }

    /// A node that has room for whatever [Submissions#CAPACITY] admits.
    static Claimant claimant(String worker, UUID... own) {
        return new Claimant(worker, Submissions.CAPACITY, Set.of(own));
    }

    JobState state(UUID id) {
        return jobs.require(id).state();
    }

    void letLeaseExpire(UUID id) {
        jdbc.sql("UPDATE job SET lease_until = now() - make_interval(secs => 1) WHERE id = :id")
                .param("id", id)
                .update();
    }

    /// `type payload` of each event, in order; their ids are checked to rise by one.
    List<String> events(UUID id) {
        var events = log.after(id, 0, 10_000);
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).id() != i + 1) {
                throw new AssertionError("Event " + events.get(i) + " at place " + (i + 1));
            }
        }
        return events.stream()
                .map(event -> event.type() + " " + event.payload())
                .toList();
    }

    long runsOf(UUID id) {
        return jdbc.sql("SELECT count(*) FROM run WHERE job_id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    static JobEnd success(UUID job) {
        return new JobEnd(JobState.SUCCEEDED, null, run(job));
    }

    private static @Nullable Run run(UUID job) {
        return new Run(
                UuidCreator.getTimeOrderedEpoch(),
                job,
                "pump",
                Plan.defaults(Plan.Mode.MEASURE),
                NOON,
                NOON,
                Map.of(),
                null,
                false,
                new Environment("sha256:" + "0".repeat(64), Map.of()),
                new Run.Quality(null, "NOT_GRADED", List.of()),
                List.of());
    }
}
