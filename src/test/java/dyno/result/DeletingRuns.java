package dyno.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import dyno.measurement.Plan.Mode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// What deleting runs does, over HTTP, with housekeeping as the timetable would call it. Shares the service
/// of [ComparingIT], whose policy lets raw samples go after 30 days; time passes in the table, where days
/// are wanted.
abstract class DeletingRuns {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private static final double[] SCORES = {100, 101, 99};

    @Autowired
    private ResultStore store;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    @Qualifier("keepHouse")
    private RecurringTask<Void> housekeeping;

    @LocalServerPort
    private int port;

    private RestCalls calls;

    @BeforeEach
    void connect() {
        calls = new RestCalls(port);
    }

    /// As if deleted runs had been deleted so much earlier.
    private void pass(Duration time) {
        jdbc.sql("UPDATE run SET deleted_at = deleted_at - make_interval(secs => :seconds)")
                .param("seconds", time.toSeconds())
                .update();
    }

    private Run stored(Instant at) {
        var run = ScoredRuns.at(at).label("suite", "s").scored("a", SCORES).run();
        store.add(run);
        return run;
    }

    private static String path(Run run) {
        return "/api/v1/runs/" + run.id();
    }

    private void delete(Run run) {
        calls.send("DELETE", path(run), "", 204);
    }

    private void keepHouse() {
        housekeeping.execute(housekeeping.instance("recurring"), null);
    }

    private JsonNode missing(String path) {
        var problem = calls.send("GET", path, "", 404);
        assertThat(problem.path("code").asString()).isEqualTo("not-found");
        return problem;
    }

    @Test
    void takesARunOutOfEverythingThatIsRead() {
        var run = stored(NOW.minusSeconds(10));
        var other = stored(NOW.minusSeconds(5));

        delete(run);

        assertThat(calls.get("/api/v1/runs").path("items").findValuesAsString("id"))
                .containsExactly(other.id().toString());
        assertThat(calls.get("/api/v1/history?engine=generator&case=a")
                        .path("points")
                        .findValuesAsString("runId"))
                .containsExactly(other.id().toString());
        assertThat(calls.get("/api/v1/environments").at("/items/0/runs").asInt())
                .isOne();
        missing(path(run) + "/export?format=csv");
        missing(path(run) + "/artifacts");
        missing("/api/v1/comparisons?baseline=%s&candidate=%s".formatted(other.id(), run.id()));
        calls.send("PUT", path(run) + "/exclusion", "{\"reason\": \"noise\"}", 404);
        var refused = calls.send("PUT", "/api/v1/baselines/b", "{\"runId\": \"%s\"}".formatted(run.id()), 400);
        assertThat(refused.at("/errors/0/message").asString()).startsWith("there is no run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs", "cases", "samples"})
    void takesARunOutOfWhatReportsRead(String view) {
        var run = stored(NOW.minusSeconds(10));
        var other = stored(NOW.minusSeconds(5));

        delete(run);

        assertThat(jdbc.sql("SELECT DISTINCT run_id FROM reporting." + view)
                        .query(UUID.class)
                        .list())
                .containsExactly(other.id());
    }

    @Test
    void saysOfADeletedRunHowItComesBackAndUntilWhen() {
        var run = stored(NOW.minusSeconds(10));

        delete(run);

        assertThat(missing(path(run)).path("detail").asString())
                .isEqualTo("Run %s was deleted at %s; POST %s/restore brings it back until %s"
                        .formatted(
                                run.id(),
                                deletedAt(run),
                                path(run),
                                deletedAt(run).plus(WEEK)));
    }

    private Instant deletedAt(Run run) {
        return jdbc.sql("SELECT deleted_at FROM run WHERE id = :id")
                .param("id", run.id())
                .query((row, number) ->
                        row.getObject("deleted_at", OffsetDateTime.class).toInstant())
                .single();
    }

    @Test
    void bringsARunBackAsItWas() {
        var run = stored(NOW.minusSeconds(10));
        var before = calls.get(path(run) + "?expand=samples");
        delete(run);

        calls.send("POST", path(run) + "/restore", "", 204);

        assertThat(calls.get(path(run) + "?expand=samples")).isEqualTo(before);
    }

    @Test
    void findsNothingToDeleteTwiceNorToBringBackThatIsThere() {
        var run = stored(NOW.minusSeconds(10));
        calls.send("POST", path(run) + "/restore", "", 404);
        delete(run);

        calls.send("DELETE", path(run), "", 404);
        calls.send("DELETE", "/api/v1/runs/" + UUID.randomUUID(), "", 404);
        calls.send("DELETE", "/api/v1/runs/1-1-1-1-1", "", 404);
        calls.send("DELETE", path(run) + "?force=true", "", 400);
    }

    @Test
    void refusesToDeleteABaselineAndNamesIt() {
        var run = stored(NOW.minusSeconds(10));
        calls.send("PUT", "/api/v1/baselines/release", "{\"runId\": \"%s\"}".formatted(run.id()), 201);

        var problem = calls.send("DELETE", path(run), "", 409);

        assertThat(problem.path("code").asString()).isEqualTo("run-in-use");
        assertThat(problem.path("detail").asString()).isEqualTo("Run %s is baseline release".formatted(run.id()));
        calls.get(path(run));

        calls.send("DELETE", "/api/v1/baselines/release", "", 204);
        delete(run);
    }

    @Test
    void refusesToDeleteARunThatIsBeingMeasuredAgain() {
        var run = stored(NOW.minusSeconds(10));
        var job = calls.send("POST", "/api/v1/jobs", """
                {"engine": "generator", "workload": {"totalBytes": 1048576}, "labels": {"confirms": "%s"}}
                """.formatted(run.id()), 202);

        var problem = calls.send("DELETE", path(run), "", 409);

        assertThat(problem.path("detail").asString())
                .isEqualTo("Run %s is being measured again by job %s"
                        .formatted(run.id(), job.path("id").asString()));

        calls.send("POST", "/api/v1/jobs/%s/cancel".formatted(job.path("id").asString()), "", 202);
        delete(run);
    }

    @Test
    void deletesSmokeRunsToo() {
        var smoke = Runs.run(NOW, "generator", Mode.SMOKE, Map.of());
        store.add(smoke);

        delete(smoke);

        assertThat(calls.get("/api/v1/runs?mode=SMOKE").path("items")).isEmpty();
    }

    @Test
    void purgesADeletedRunAfterAWeekAndKeepsItsJobWithItsEnd() {
        var job = UUID.fromString(calls.send(
                        "POST",
                        "/api/v1/jobs",
                        "{\"engine\": \"generator\", \"workload\": {\"totalBytes\": 1048576}}",
                        202)
                .path("id")
                .asString());
        var run =
                ScoredRuns.at(NOW.minusSeconds(10)).job(job).scored("a", SCORES).run();
        store.add(run);
        ended(job, run);
        delete(run);
        pass(WEEK.minusMinutes(1));
        keepHouse();
        calls.send("POST", path(run) + "/restore", "", 204);
        delete(run);

        pass(WEEK);
        keepHouse();

        assertThat(missing(path(run)).path("detail").asString()).isEqualTo("There is no run " + run.id());
        calls.send("POST", path(run) + "/restore", "", 404);
        var left = calls.get("/api/v1/jobs/" + job);
        assertThat(left.path("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(left.path("runId").asString()).isEqualTo(run.id().toString());
        assertThat(jdbc.sql("SELECT type FROM job_event").query(String.class).list())
                .containsExactly("end");
        assertThat(jdbc.sql("SELECT count(*) FROM fork").query(Long.class).single())
                .isZero();
    }

    /// As the queue leaves a job that succeeded.
    private void ended(UUID job, Run run) {
        jdbc.sql("""
                INSERT INTO job_event (job_id, id, type, payload, at)
                VALUES (:job, 12, 'progress', '{}', now()),
                       (:job, 13, 'end', '{}', now())
                """).param("job", job).update();
        jdbc.sql("""
                UPDATE job
                SET state = 'SUCCEEDED', run_id = :run, last_event = 13
                WHERE id = :job
                """).param("job", job).param("run", run.id()).update();
    }

    @Test
    void showsWhySamplesOfAnOldRunAreNotThere() {
        var run = stored(NOW.minus(Duration.ofDays(30)));

        keepHouse();

        var whole = calls.get(path(run) + "?expand=samples");
        var fork = whole.at("/cases/0/forks/0");
        assertThat(fork.path("samples").isNull()).isTrue();
        assertThat(fork.path("samplesReason").asString()).isEqualTo("SAMPLES_EXPIRED");
        assertThat(fork.at("/sampleTotals/samples").asInt()).isEqualTo(3);
        assertThat(whole.at("/cases/0/score/ci95")).hasSize(2);
        assertThat(calls.get(path(run)).at("/cases/0/score")).isEqualTo(whole.at("/cases/0/score"));
        assertThat(calls.get(path(run) + "/export?format=jmh")
                        .at("/0/primaryMetric/rawDataReason")
                        .asString())
                .isEqualTo("SAMPLES_EXPIRED");
        var young = stored(NOW.minusSeconds(5));
        assertThat(calls.get(path(young) + "?expand=samples")
                        .at("/cases/0/forks/0")
                        .has("sampleTotals"))
                .isFalse();
        assertThat(calls.get("/api/v1/comparisons?baseline=%s&candidate=%s".formatted(run.id(), young.id()))
                        .path("verdict")
                        .asString())
                .isEqualTo("EQUIVALENT");
    }
}
