package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCommandTest {

    private static final String SPEC = "{\"engine\": \"generator\"}";

    private final PlayedApi api = PlayedSuite.on(new PlayedApi());
    private final Played played = new Played();

    @TempDir
    private Path folder;

    @BeforeEach
    void name() {
        played.with("DYNO_SERVER", api.base() + "/");
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void submitsAFile() throws Exception {
        api.on("POST /api/v1/jobs", PlayedApi.json(202, PlayedSuite.job("j9", "generator", "QUEUED", null)));
        var file = Files.writeString(folder.resolve("job.json"), SPEC);

        assertThat(played.run("job", "submit", "--idempotency-key", "nightly-1", file.toString()))
                .isEqualTo(ExitCode.FINE);

        assertThat(played.out()).isEqualTo("""
                j9  generator  QUEUED
                  2 cases, about 1 min 36 s, position 2 in the queue
                """);
        var request = api.requests().getFirst();
        assertThat(request.body()).isEqualTo(SPEC);
        assertThat(request.header("Idempotency-Key")).isEqualTo("nightly-1");
    }

    @Test
    void submitsWhatIsPipedIn() {
        api.on("POST /api/v1/jobs", PlayedApi.json(202, PlayedSuite.job("j9", "generator", "QUEUED", null)));

        assertThat(played.in(SPEC).run("job", "submit", "-", "--json")).isEqualTo(ExitCode.FINE);

        assertThat(api.requests().getFirst().body()).isEqualTo(SPEC);
        assertThat(Json.parse(played.out()).path("id").stringValue()).isEqualTo("j9");
    }

    @Test
    void showsWhatASubmissionWouldBe() {
        api.on("POST /api/v1/jobs?dryRun=true", PlayedApi.json(200, """
                {"cases": [{"name": "legacy"}, {"name": "direct"}], "estimatedSeconds": 40,
                 "memoryBytes": 1610612736, "scratchBytes": 0,
                 "warnings": [{"code": "OVERSUBSCRIBED", "detail": "4 threads on 2 processors"}]}"""));

        assertThat(played.in(SPEC).run("job", "submit", "--dry-run", "-")).isEqualTo(ExitCode.FINE);

        assertThat(played.out()).isEqualTo("""
                2 cases, about 40 s, 1.50 GiB of memory, 0 B of scratch space
                  legacy
                  direct
                  warning OVERSUBSCRIBED: 4 threads on 2 processors
                """);
    }

    @Test
    void rejectsAFileThatIsNotThere() {
        assertThat(played.run("job", "submit", folder.resolve("none.json").toString()))
                .isEqualTo(ExitCode.USAGE);

        assertThat(played.err()).contains("none.json cannot be read");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void showsWhereARunningJobIs() {
        api.on("GET /api/v1/jobs/j9", PlayedApi.json(200, """
                {"id": "j9", "engine": "generator", "state": "RUNNING", "cases": 2, "estimatedSeconds": 96,
                 "queuePosition": null, "progress": %s}""".formatted(PlayedSuite.progress())));

        assertThat(played.run("job", "get", "j9")).isEqualTo(ExitCode.FINE);

        assertThat(played.out()).isEqualTo("""
                j9  generator  RUNNING
                  2 cases, about 1 min 36 s
                  [=========           ] 47 %, 34 s left  case 2/2, fork 1/3, measuring 3/5
                """);
    }

    @Test
    void showsAJobThatHasJustBegun() {
        api.on("GET /api/v1/jobs/j9", PlayedApi.json(200, """
                {"id": "j9", "engine": "generator", "state": "RUNNING", "cases": 2, "estimatedSeconds": 96,
                 "progress": {"case": 0, "cases": 2, "fork": 0, "forks": 3, "stage": "PREPARING", "iteration": 0,
                              "iterations": 0, "fraction": 0.004, "etaSeconds": null}}"""));

        assertThat(played.run("job", "get", "j9")).isEqualTo(ExitCode.FINE);

        assertThat(played.out()).endsWith("  [                    ] 0 %  case 1/2, fork 1/3, preparing\n");
    }

    @Test
    void showsHowAFailedJobCameOutAndIsFineItself() {
        api.on("GET /api/v1/jobs/j9", PlayedApi.json(200, """
                {"id": "j9", "engine": "generator", "state": "FAILED", "runId": null,
                 "failure": {"code": "WORKER_LOST", "message": "Its node died twice"}}"""));

        assertThat(played.run("job", "get", "j9")).isEqualTo(ExitCode.FINE);

        assertThat(played.out()).isEqualTo("""
                generator  FAILED  job j9
                  WORKER_LOST: Its node died twice
                """);
    }

    @Test
    void watchesAJobToItsEnd() {
        assertThat(played.run("job", "watch", "j1")).isEqualTo(ExitCode.FINE);

        assertThat(played.out())
                .startsWith("generator-direct: QUEUED (node a stopped)\ngenerator-direct: RUNNING\n")
                .contains("43.5 GB/s (40.5 GiB/s)   ± 1.1 %");
    }

    @Test
    void exitsWithOneWhereTheJobWatchedDidNotSucceed() {
        api.on("GET /api/v1/jobs/j1", PlayedApi.json(200, PlayedSuite.job("j1", "generator", "CANCELLED", null)));

        assertThat(played.run("job", "watch", "j1", "--json")).isEqualTo(ExitCode.JOB_FAILED);

        assertThat(Json.parse(played.out()).path("run").isNull()).isTrue();
    }

    @Test
    void cancelsAJob() {
        api.on(
                "POST /api/v1/jobs/j1/cancel",
                PlayedApi.json(202, PlayedSuite.job("j1", "generator", "CANCELLED", null)));

        assertThat(played.run("job", "cancel", "j1")).isEqualTo(ExitCode.FINE);

        assertThat(played.out()).startsWith("j1  generator  CANCELLED\n");
    }

    @Test
    void saysThatAFinishedJobCannotBeCancelled() {
        api.on("POST /api/v1/jobs/j1/cancel", PlayedApi.json(409, """
                {"title": "The job is finished", "detail": "Job j1 is SUCCEEDED", "code": "job-finished"}"""));

        assertThat(played.run("job", "cancel", "j1")).isEqualTo(ExitCode.USAGE);

        assertThat(played.err()).isEqualTo("The job is finished: Job j1 is SUCCEEDED\n  (409 job-finished)\n");
    }

    @Test
    void listsSuites() {
        api.on("GET /api/v1/suites", PlayedApi.json(200, """
                {"items": [{"name": "quick", "description": "Every engine once", "jobs": [{}, {}]}]}"""));

        assertThat(played.run("suites")).isEqualTo(ExitCode.FINE);

        assertThat(played.out()).isEqualTo("""
                  suite   jobs   description
                  quick   2      Every engine once
                """);
    }

    @Test
    void plansASuiteWithoutSubmittingIt() {
        api.on("GET /api/v1/suites/two", PlayedApi.json(200, """
                {"name": "two", "description": "d", "jobs": [
                 {"name": "one", "engine": "marc", "workload": {}}, {"name": "big", "engine": "etl"},
                 {"name": "more", "engine": "grouping"}]}"""));
        var refusal = """
                {"title": "Too large", "status": 422, "detail": "9 bytes", "code": "resource-limit"}""";
        api.on("POST /api/v1/jobs?dryRun=true", plan(2, 3_000), PlayedApi.json(422, refusal), plan(1, 700));

        assertThat(played.run("suites", "plan", "two")).isEqualTo(ExitCode.FINE);

        assertThat(played.out()).isEqualTo("""
                  job    engine     mode      cases   estimate
                  one    marc       MEASURE   2       50 min 00 s
                  more   grouping   MEASURE   1       11 min 40 s
                  left out big: 9 bytes
                2 jobs, 3 cases, about 1 h 01 min
                """);
        assertThat(api.requests().getLast().body()).isEqualTo("{\"engine\":\"grouping\"}");
    }

    private static PlayedApi.Answer plan(int cases, int seconds) {
        return PlayedApi.json(
                200,
                "{\"cases\": [%s], \"plan\": {\"mode\": \"MEASURE\"}, \"estimatedSeconds\": %d}"
                        .formatted(String.join(",", java.util.Collections.nCopies(cases, "{}")), seconds));
    }

    @Test
    void needsAServiceThatRuns() {
        assertThat(played.run("suites", "--data", folder.toString())).isEqualTo(ExitCode.COULD_NOT_START);

        assertThat(played.err())
                .isEqualTo("No service runs on %s; start one with ./dyno serve, or name one with --server URL.\n"
                        .formatted(folder));
    }
}
