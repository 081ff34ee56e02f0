package dyno.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.job.JobService;
import dyno.support.PostgresTest;
import dyno.support.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Jobs stay where they are: no worker runs. The clock is the test's, and its timetable too.
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "dyno.worker.enabled=false",
            "dyno.queue.capacity=6",
            "dyno.suites=src/test/resources/small-suites",
            "dyno.schedules=src/test/resources/small-schedules.yml"
        })
@PostgresTest
class SchedulesIT {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private static final String BASE = """
            {"name": "base", "cron": "0 2 * * *", "suite": "base"%s}
            """;

    private static final String SMALL_JOB = """
            {"engine": "generator", "workload": {"totalBytes": 1048576}, "plan": {"mode": "SMOKE"}}
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();

    @TestConfiguration
    static class Surroundings {

        @Bean
        @Primary
        SettableClock settableClock() {
            return new SettableClock();
        }

        @Bean
        Heard heard() {
            return new Heard();
        }
    }

    static final class Heard {

        private final List<NightlyMissing> missing = new ArrayList<>();

        @EventListener
        void on(NightlyMissing event) {
            missing.add(event);
        }
    }

    @Autowired
    private SettableClock clock;

    @Autowired
    private Heard heard;

    @Autowired
    private Fires fires;

    @Autowired
    private MissingRuns missingRuns;

    @Autowired
    private ScheduleStore store;

    @Autowired
    private SuiteService suites;

    @Autowired
    private JobService jobs;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Environment settings;

    @BeforeEach
    void empty() {
        jdbc.sql("DELETE FROM job_event").update();
        jdbc.sql("DELETE FROM job").update();
        jdbc.sql("DELETE FROM idempotency_key").update();
        jdbc.sql("DELETE FROM alert").update();
        jdbc.sql("DELETE FROM schedule WHERE name <> 'shipped'").update();
        heard.missing.clear();
        clock.set(NOON);
    }

    @Test
    void readsTheFilesSchedulesAtTheStartAndLeavesOutThoseOfSuitesThatAreNotThere() throws Exception {
        var items = tree(get("/api/v1/schedules"), 200).path("items");

        assertThat(items).hasSize(1);
        assertThat(items.get(0).path("name").asString()).isEqualTo("shipped");
        assertThat(items.get(0).path("enabled").asBoolean()).isFalse();
        assertThat(items.get(0).path("nextFire").isNull()).isTrue();
    }

    @Test
    void showsWhatWasMadeWithItsDefaults() throws Exception {
        var answer = send("POST", "/api/v1/schedules", BASE.formatted(""));

        var made = tree(answer, 201);
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/schedules/base");
        assertThat(made.path("zone").asString()).isEqualTo("UTC");
        assertThat(made.path("enabled").asBoolean()).isTrue();
        assertThat(made.path("misfire").asString()).isEqualTo("SKIP");
        assertThat(made.path("overlap").asString()).isEqualTo("SKIP");
        assertThat(made.path("nextFire").asString()).isEqualTo("2026-01-02T02:00:00.000000Z");
        assertThat(made.path("lastFire").isNull()).isTrue();
        assertThat(made.path("job").isNull()).isTrue();
        assertThat(tree(get("/api/v1/schedules/base"), 200)).isEqualTo(made);
        assertThat(code(send("POST", "/api/v1/schedules", BASE.formatted("")), 409))
                .isEqualTo("name-taken");
    }

    @Test
    void changesAndDeletes() throws Exception {
        var body = BASE.formatted(", \"zone\": \"Europe/Berlin\"");
        assertThat(send("PUT", "/api/v1/schedules/base", body).statusCode()).isEqualTo(201);

        var changed = tree(
                send(
                        "PUT",
                        "/api/v1/schedules/base",
                        "{\"cron\": \"0 0 4 * * *\", \"suite\": \"more\", \"job\": null}"),
                200);

        assertThat(changed.path("nextFire").asString()).isEqualTo("2026-01-02T04:00:00.000000Z");
        assertThat(changed.path("suite").asString()).isEqualTo("more");
        var off = tree(send("PUT", "/api/v1/schedules/base", BASE.formatted(", \"enabled\": false")), 200);
        assertThat(off.path("nextFire").isNull()).isTrue();
        assertThat(send("DELETE", "/api/v1/schedules/base", "").statusCode()).isEqualTo(204);
        assertThat(code(send("DELETE", "/api/v1/schedules/base", ""), 404)).isEqualTo("not-found");
        assertThat(code(get("/api/v1/schedules/base"), 404)).isEqualTo("not-found");
        assertThat(code(send("POST", "/api/v1/schedules/base/trigger", ""), 404))
                .isEqualTo("not-found");
    }

    @Test
    void saysEverythingThatIsWrong() throws Exception {
        var refused = tree(send("POST", "/api/v1/schedules", """
                {"name": "A b", "cron": "61 * * * *", "zone": "Mars", "suite": "base", "enabled": 1,
                 "misfire": "LATER", "extra": 1}
                """), 400);

        assertThat(refused.path("code").asString()).isEqualTo("invalid-request");
        assertThat(refused.path("errors").findValuesAsString("pointer"))
                .containsExactly("/name", "/zone", "/cron", "/enabled", "/misfire", "/extra");
        assertThat(code(send("POST", "/api/v1/schedules", "{\"name\": \"a\", \"cron\": \"0 2 * * *\"}"), 400))
                .isEqualTo("invalid-request");
        assertThat(code(
                        send(
                                "POST",
                                "/api/v1/schedules",
                                "{\"name\": \"a\", \"cron\": \"0 0 31 2 *\", \"suite\": \"base\"}"),
                        400))
                .isEqualTo("invalid-request");
        assertThat(code(send("POST", "/api/v1/schedules", BASE.replace("\"base\"%s", "\"none\"")), 404))
                .isEqualTo("unknown-suite");
        var job =
                "{\"name\": \"a\", \"cron\": \"0 2 * * *\", \"job\": {\"engine\": \"generator\", \"workload\": {\"totalBytes\": -1}}}";
        assertThat(tree(send("POST", "/api/v1/schedules", job), 400)
                        .at("/errors/0/pointer")
                        .asString())
                .isEqualTo("/job/workload/totalBytes");
    }

    @Test
    void firesOnceHoweverManyNodesLook() throws Exception {
        make("");
        clock.set(Instant.parse("2026-01-02T02:00:01Z"));

        try (var nodes = Executors.newFixedThreadPool(8)) {
            Callable<Void> look = () -> {
                node().fireDue();
                return null;
            };
            for (var done :
                    nodes.invokeAll(IntStream.range(0, 24).mapToObj(i -> look).toList())) {
                done.get();
            }
        }

        var last = last();
        assertThat(last.path("plannedAt").asString()).isEqualTo("2026-01-02T02:00:00.000000Z");
        assertThat(last.path("firedAt").asString()).isEqualTo("2026-01-02T02:00:01.000000Z");
        assertThat(last.path("outcome").asString()).isEqualTo("RUNNING");
        assertThat(last.path("jobs")).hasSize(2);
        var submitted =
                tree(get("/api/v1/jobs?label=suiteRun:" + last.path("suiteRun").asString()), 200);
        assertThat(submitted.path("items")).hasSize(2);
        assertThat(jobs()).isEqualTo(2);
        assertThat(nextFire()).isEqualTo("2026-01-03T02:00:00.000000Z");
    }

    @Test
    void firesOnceForATimeEvenWhereTheClockIsSetBack() throws Exception {
        make(", \"overlap\": \"QUEUE\"");
        clock.set(Instant.parse("2026-01-02T02:00:01Z"));
        fires.fireDue();
        // As a node would whose clock is behind, or that was restored from a backup of the schedule's row.
        jdbc.sql("UPDATE schedule SET next_fire = '2026-01-02T02:00:00Z' WHERE name = 'base'")
                .update();

        fires.fireDue();

        assertThat(jobs()).isEqualTo(2);
        assertThat(nextFire()).isEqualTo("2026-01-03T02:00:00.000000Z");
    }

    @Test
    void comesBackFromAClockThatWasAhead() throws Exception {
        make("");
        clock.set(Instant.parse("2031-05-05T02:00:01Z"));
        fires.fireDue();
        assertThat(store.find("base").orElseThrow().nextFire()).isEqualTo(Instant.parse("2031-05-06T02:00:00Z"));
        end("SUCCEEDED");
        assertThat(store.find("base").orElseThrow().lastSuccess()).isNull();

        clock.set(NOON);
        fires.bringBack();
        fires.bringBack();

        assertThat(store.find("base").orElseThrow().nextFire()).isEqualTo(Instant.parse("2026-01-02T02:00:00Z"));
        end("SUCCEEDED");
        clock.set(Instant.parse("2026-01-02T02:00:01Z"));
        fires.bringBack();
        fires.fireDue();
        assertThat(store.find("base").orElseThrow().nextFire()).isEqualTo(Instant.parse("2026-01-03T02:00:00Z"));
        assertThat(jdbc.sql("SELECT count(*) FROM schedule_fire WHERE decision = 'SUBMITTED'")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void tellsHowAFireEnded() throws Exception {
        make("");
        clock.set(Instant.parse("2026-01-02T02:00:01Z"));
        fires.fireDue();

        end("SUCCEEDED");
        assertThat(last().path("outcome").asString()).isEqualTo("SUCCEEDED");

        jdbc.sql("UPDATE job SET state = 'FAILED' WHERE labels ->> 'job' = 'zero'")
                .update();
        assertThat(last().path("outcome").asString()).isEqualTo("FAILED");
    }

    @ParameterizedTest
    @CsvSource({"SKIP, MISSED, 0", "RUN_ONCE, RUNNING, 2"})
    void followsItsPolicyForFiresThatNobodyWasThereFor(String policy, String outcome, int submitted) throws Exception {
        make(", \"misfire\": \"%s\"".formatted(policy));
        clock.set(Instant.parse("2026-01-05T09:00:00Z"));

        fires.fireDue();
        fires.fireDue();

        assertThat(last().path("plannedAt").asString()).isEqualTo("2026-01-05T02:00:00.000000Z");
        assertThat(last().path("outcome").asString()).isEqualTo(outcome);
        assertThat(jobs()).isEqualTo(submitted);
        assertThat(nextFire()).isEqualTo("2026-01-06T02:00:00.000000Z");
        assertThat(store.find("base").orElseThrow().misfires()).isEqualTo(1);
    }

    @Test
    void firesOrdinarilyWhereSomebodyComesBackInTime() throws Exception {
        make("");
        clock.set(Instant.parse("2026-01-05T02:00:30Z"));

        fires.fireDue();

        assertThat(last().path("outcome").asString()).isEqualTo("RUNNING");
        assertThat(store.find("base").orElseThrow().misfires()).isEqualTo(1);
    }

    @Test
    void skipsAFireWhileTheOneBeforeIsNotOverUnlessItMayQueue() throws Exception {
        make("");
        fireAt("2026-01-02T02:00:00Z");
        fireAt("2026-01-03T02:00:00Z");

        assertThat(last().path("outcome").asString()).isEqualTo("SKIPPED");
        assertThat(last().path("outcomeReason").asString()).contains("not finished");
        assertThat(last().path("suiteRun").isNull()).isTrue();
        // One that was skipped does not hide the one that still runs.
        fireAt("2026-01-04T02:00:00Z");
        assertThat(last().path("outcome").asString()).isEqualTo("SKIPPED");
        assertThat(jobs()).isEqualTo(2);

        send("PUT", "/api/v1/schedules/base", BASE.formatted(", \"overlap\": \"QUEUE\""));
        fireAt("2026-01-05T02:00:00Z");
        assertThat(last().path("outcome").asString()).isEqualTo("RUNNING");
        assertThat(jobs()).isEqualTo(4);
    }

    @Test
    void waitsForRoomInTheQueueUntilItIsTooLate() throws Exception {
        make(", \"overlap\": \"QUEUE\"");
        for (int i = 0; i < 6; i++) {
            tree(send("POST", "/api/v1/jobs", SMALL_JOB), 202);
        }
        clock.set(Instant.parse("2026-01-02T02:00:01Z"));

        fires.fireDue();
        assertThat(nextFire()).isEqualTo("2026-01-02T02:00:00.000000Z");
        assertThat(jobs()).isEqualTo(6);

        jdbc.sql("DELETE FROM job_event").update();
        jdbc.sql("DELETE FROM job").update();
        clock.pass(Duration.ofSeconds(30));
        fires.fireDue();
        assertThat(jobs()).isEqualTo(2);
        assertThat(last().path("outcome").asString()).isEqualTo("RUNNING");
    }

    @Test
    void recordsASubmissionThatIsRefused() throws Exception {
        make("");
        jdbc.sql("UPDATE schedule SET suite = 'gone' WHERE name = 'base'").update();

        fireAt("2026-01-02T02:00:00Z");

        assertThat(last().path("outcome").asString()).isEqualTo("REFUSED");
        assertThat(last().path("outcomeReason").asString()).contains("no suite 'gone'");
        assertThat(nextFire()).isEqualTo("2026-01-03T02:00:00.000000Z");
    }

    @Test
    void firesTheOthersWhereOneCannotBeFired() throws Exception {
        tree(send("POST", "/api/v1/schedules", "{\"name\": \"a\", \"cron\": \"0 1 * * *\", \"suite\": \"base\"}"), 201);
        jdbc.sql("UPDATE schedule SET zone = 'Mars' WHERE name = 'a'").update();
        make("");

        fireAt("2026-01-02T02:00:00Z");

        assertThat(last().path("outcome").asString()).isEqualTo("RUNNING");
        assertThat(jobs()).isEqualTo(2);
    }

    @Test
    void submitsAJobOfItsOwn() throws Exception {
        var body = "{\"name\": \"one\", \"cron\": \"*/5 * * * *\", \"job\": %s}".formatted(SMALL_JOB);
        tree(send("POST", "/api/v1/schedules", body), 201);

        fireAt("2026-01-01T12:05:00Z");

        var last = tree(get("/api/v1/schedules/one"), 200).path("lastFire");
        assertThat(last.path("suiteRun").isNull()).isTrue();
        var job = tree(get("/api/v1/jobs/" + last.at("/jobs/0").asString()), 200);
        assertThat(job.at("/spec/workload/totalBytes").asLong()).isEqualTo(1_048_576);
    }

    @Test
    void firesEveryTimeThatHasComeSinceTheLastLook() throws Exception {
        var body = "{\"name\": \"often\", \"cron\": \"*/10 * * * * *\", \"overlap\": \"QUEUE\", \"job\": %s}";
        tree(send("POST", "/api/v1/schedules", body.formatted(SMALL_JOB)), 201);

        fireAt("2026-01-01T12:00:35Z");

        assertThat(jobs()).isEqualTo(3);
        assertThat(store.find("often").orElseThrow().misfires()).isZero();
    }

    @Test
    void triggersAtOnceAndOnceForAKey() throws Exception {
        make(", \"enabled\": false");

        var first = trigger("k");
        var second = trigger("k");

        assertThat(tree(first, 202).path("jobs")).hasSize(2);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(jobs()).isEqualTo(2);
        assertThat(last().path("suiteRun").asString())
                .isEqualTo(tree(first, 202).path("suiteRun").asString());
        // Overlap is for the clock; who asks gets it, even in the same microsecond.
        assertThat(tree(trigger("other"), 202).path("jobs")).hasSize(2);
        assertThat(jobs()).isEqualTo(4);
    }

    @Test
    void saysOnceThatANightlyIsMissing() throws Exception {
        make("");
        fireAt("2026-01-02T02:00:00Z");
        end("SUCCEEDED");
        jdbc.sql("UPDATE job SET finished_at = '2026-01-02T03:30:00Z'").update();

        clock.set(Instant.parse("2026-01-03T05:29:59Z"));
        missingRuns.check();
        assertThat(heard.missing).isEmpty();

        clock.set(Instant.parse("2026-01-03T05:30:01Z"));
        missingRuns.check();
        clock.pass(DAY);
        missingRuns.check();
        assertThat(heard.missing).containsExactly(new NightlyMissing("base", Instant.parse("2026-01-02T03:30:00Z")));
        var raised = tree(get("/api/v1/alerts?kind=MISSING_NIGHTLY"), 200).path("items");
        assertThat(raised).hasSize(1);
        assertThat(raised.at("/0/schedule").asString()).isEqualTo("base");
        assertThat(raised.at("/0/details/silentSince").asString()).isEqualTo("2026-01-02T03:30:00Z");

        fireAt("2026-01-05T02:00:00Z");
        end("SUCCEEDED");
        jdbc.sql("UPDATE job SET finished_at = '2026-01-05T03:00:00Z'").update();
        missingRuns.check();
        clock.pass(DAY.plusHours(4));
        missingRuns.check();
        assertThat(heard.missing).hasSize(2);
    }

    /// 2 January 2026 is a Friday.
    @Test
    void missesNothingAtAWeekendWithoutFires() throws Exception {
        clock.set(Instant.parse("2026-01-02T03:00:00Z"));
        tree(
                send(
                        "POST",
                        "/api/v1/schedules",
                        "{\"name\": \"weekdays\", \"cron\": \"0 2 * * 1-5\", \"suite\": \"base\"}"),
                201);

        clock.set(Instant.parse("2026-01-05T03:59:59Z"));
        missingRuns.check();
        assertThat(heard.missing).isEmpty();

        clock.set(Instant.parse("2026-01-05T04:00:01Z"));
        missingRuns.check();
        assertThat(heard.missing).extracting(NightlyMissing::schedule).containsExactly("weekdays");
    }

    @Test
    void missesNothingOfSchedulesThatAreOffOrSeldom() throws Exception {
        make(", \"enabled\": false");
        tree(
                send(
                        "POST",
                        "/api/v1/schedules",
                        "{\"name\": \"weekly\", \"cron\": \"0 2 * * 1\", \"suite\": \"base\"}"),
                201);
        clock.pass(DAY.multipliedBy(30));

        missingRuns.check();

        assertThat(heard.missing).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-27T12:00:00Z, 2026-03-31T12:00:00Z, 4",
        "Europe/Berlin, 2026-10-23T12:00:00Z, 2026-10-27T12:00:00Z, 4",
        "America/New_York, 2026-03-06T12:00:00Z, 2026-03-10T12:00:00Z, 4",
        "America/New_York, 2026-10-30T12:00:00Z, 2026-11-03T12:00:00Z, 4",
    })
    void firesOnceANightThroughDaylightSaving(String zone, Instant from, Instant to, int nights) throws Exception {
        clock.set(from);
        var cron = zone.startsWith("Europe") ? "30 2 * * *" : "30 1,2 * * *";
        make(", \"overlap\": \"QUEUE\", \"zone\": \"%s\"".formatted(zone), cron);

        while (clock.instant().isBefore(to)) {
            clock.pass(Duration.ofSeconds(45));
            if (!store.due(clock.instant()).isEmpty()) {
                fires.fireDue();
                jdbc.sql("DELETE FROM job_event").update();
                jdbc.sql("DELETE FROM job").update();
            }
        }

        int fired = jdbc.sql("SELECT count(*) FROM schedule_fire WHERE decision = 'SUBMITTED'")
                .query(Integer.class)
                .single();
        assertThat(fired).isEqualTo(zone.startsWith("Europe") ? nights : 2 * nights);
    }

    private Fires node() {
        return new Fires(store, new FireStore(jdbc), new ScheduleSubmitter(suites, jobs), clock, transactions);
    }

    private void make(String more) throws Exception {
        make(more, "0 2 * * *");
    }

    private void make(String more, String cron) throws Exception {
        tree(send("POST", "/api/v1/schedules", BASE.formatted(more).replace("0 2 * * *", cron)), 201);
    }

    private void fireAt(String time) {
        clock.set(Instant.parse(time));
        fires.fireDue();
    }

    private void end(String state) {
        jdbc.sql("UPDATE job SET state = :state, finished_at = :now")
                .param("state", state)
                .param("now", ScheduleStore.timestamp(clock.instant()))
                .update();
    }

    private JsonNode last() throws Exception {
        return tree(get("/api/v1/schedules/base"), 200).path("lastFire");
    }

    private String nextFire() throws Exception {
        return tree(get("/api/v1/schedules/base"), 200).path("nextFire").asString();
    }

    private long jobs() {
        return jdbc.sql("SELECT count(*) FROM job").query(Long.class).single();
    }

    private String code(HttpResponse<String> answer, int status) {
        return tree(answer, status).path("code").asString();
    }

    private JsonNode tree(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return json.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> trigger(String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri("/api/v1/schedules/base/trigger"))
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.noBody());
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .method(method, publisher);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + settings.getRequiredProperty("local.server.port") + path);
    }
}
