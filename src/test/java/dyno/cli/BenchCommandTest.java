package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {

    private final PlayedApi api = PlayedSuite.on(new PlayedApi());
    private final Played played = new Played();

    @TempDir
    private Path data;

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void printsProgressAndTheTableOfScores() {
        assertThat(bench()).isEqualTo(ExitCode.FINE);

        assertThat(played.out())
                .contains("generator-direct: QUEUED (node a stopped)\ngenerator-direct: RUNNING\n")
                .contains("generator-direct: case legacy  TIMED_OUT\n")
                .contains("generator-direct: warning IN_CACHE: all of it\n")
                .contains("generator-direct: case direct  43.5 GB/s (40.5 GiB/s)  needs 3 forks\n")
                .endsWith("""

                        generator-direct  SUCCEEDED  generator  run r1  quality B
                          case     score                    95 %      speed-up             verified
                          legacy   5.00 GB/s (4.66 GiB/s)   ± 2.0 %   baseline             passed
                          direct   43.5 GB/s (40.5 GiB/s)   ± 1.1 %   8.70× [8.30, 9.10]   passed
                          warnings: IN_CACHE

                        marc-direct  SUCCEEDED  marc  run r2

                        skipped etl-s3: no object store is configured
                        """);
        assertThat(played.err()).isEmpty();
    }

    @Test
    void drawsOneLineAgainOnATerminal() {
        assertThat(played.interactive()
                        .run("bench", "two", "--server", api.base().toString()))
                .isEqualTo(ExitCode.FINE);

        assertThat(played.out())
                .contains("done  generator-direct  [=========           ] 47 %, 34 s left  case 2/2, ")
                .doesNotContain("generator-direct: ");
        assertThat(played.out()).contains("\r\u001b[2K\ngenerator-direct  SUCCEEDED");
    }

    @Test
    void coloursOnlyWhereColoursMayBe() {
        played.coloured().run("bench", "two", "--server", api.base().toString());

        assertThat(played.out()).contains("\u001b[32mpassed\u001b[0m");
    }

    @Test
    void printsOneObjectAndNothingElse() {
        assertThat(played.run("bench", "two", "--json", "--server", api.base().toString()))
                .isEqualTo(ExitCode.FINE);

        var tree = Json.parse(played.out());
        assertThat(tree.propertyNames()).containsExactly("suite", "suiteRun", "server", "succeeded", "jobs", "skipped");
        assertThat(tree.path("succeeded").booleanValue()).isTrue();
        assertThat(tree.path("jobs").path(0).path("run")).isEqualTo(Json.parse(PlayedSuite.RUN));
        assertThat(tree.path("jobs").path(1).path("job").path("id").stringValue())
                .isEqualTo("j2");
        assertThat(played.err()).contains("generator-direct: RUNNING");
    }

    @Test
    void exitsWithOneWhereAJobFailed() {
        api.on("GET /api/v1/jobs/j2", PlayedApi.json(200, """
                {"id": "j2", "engine": "marc", "state": "FAILED", "runId": "r2",
                 "failure": {"code": "OUT_OF_MEMORY", "message": "The fork needed more than 512 MiB", "case": "memory"}}""")).on("GET /api/v1/runs/r2", PlayedApi.json(200, """
                        {"id": "r2", "cases": [
                          {"name": "memory", "score": null, "speedup": null, "speedupReason": "NO_BASELINE",
                           "verification": null,
                           "failure": {"code": "OUT_OF_MEMORY", "message": "Java heap space"}},
                          {"name": "stream", "speedup": null, "speedupReason": "NO_BASELINE",
                           "score": {"value": null, "valueReason": "NOTHING_LOADED", "unit": "records/s",
                                     "ci95": null, "ci95Reason": "NO_SCORE"},
                           "verification": {"status": "FAILED"}, "failure": null}]}"""));

        assertThat(bench()).isEqualTo(ExitCode.JOB_FAILED);

        assertThat(played.out()).contains("""
                marc-direct  FAILED  marc  run r2
                  case     score                   95 %       verified
                  memory                                      OUT_OF_MEMORY
                  stream   none (nothing loaded)   no score   failed
                  OUT_OF_MEMORY in memory: The fork needed more than 512 MiB
                  memory: OUT_OF_MEMORY: Java heap space
                """);
    }

    @Test
    void printsAProblemOnStderr() {
        assertThat(played.run("bench", "none", "--json", "--server", api.base().toString()))
                .isEqualTo(ExitCode.USAGE);

        assertThat(played.err())
                .isEqualTo("There is nothing at this address: POST /api/v1/suites/none/jobs\n"
                        + "  (404 not-found, request r-0)\n");
        assertThat(played.out()).isEmpty();
    }

    @Test
    void exitsWithThreeWhereTheServerNamedDoesNotAnswer() {
        api.close();

        assertThat(bench()).isEqualTo(ExitCode.COULD_NOT_START);

        assertThat(played.err()).startsWith("Nothing answers at " + api.base());
    }

    @Test
    void exitsWithOneWhereEveryJobWasSkipped() {
        api.on("POST /api/v1/suites/two/jobs", PlayedApi.json(202, """
                {"suiteRun": "s1", "jobs": [], "skipped": [{"name": "etl-s3", "reason": "no object store is configured"}]}"""));

        assertThat(bench()).isEqualTo(ExitCode.JOB_FAILED);

        assertThat(played.out()).contains("skipped etl-s3: no object store is configured");
        assertThat(played.err()).contains("No job of suite two can run on this node.");
    }

    @Test
    void exitsWithOneWhereTheServiceVanishes() {
        api.on("GET /api/v1/jobs/j1/events", exchange -> exchange.close());

        assertThat(bench()).isEqualTo(ExitCode.JOB_FAILED);

        assertThat(played.err()).contains("Gave up on job j1 after 3 attempts");
    }

    @Test
    void usesTheServiceThatRunsOnTheDataFolder() throws Exception {
        announce(ProcessHandle.current().pid());
        api.on("GET /api/v1/engines", PlayedApi.json(200, "[]"));

        assertThat(played.run("bench", "two", "--data", data.toString())).isEqualTo(ExitCode.FINE);

        assertThat(api.requestLines()).startsWith("GET /api/v1/engines", "POST /api/v1/suites/two/jobs");
    }

    @Test
    void doesNotTrustTheFileOfAProcessThatIsGone() throws Exception {
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        announce(gone.pid());
        api.on("GET /api/v1/engines", PlayedApi.json(200, "[]"));

        assertThat(played.run("bench", "two", "--data", data.toString())).isEqualTo(ExitCode.COULD_NOT_START);

        assertThat(api.requests()).isEmpty();
        assertThat(played.err()).startsWith("Starting a service on " + data);
    }

    @Test
    void exitsWithFourWhereACaseIsWorseThanTheBaseline() {
        api.on("GET /api/v1/baselines/main", PlayedApi.json(200, "{\"name\": \"main\"}"))
                .on(
                        "GET /api/v1/comparisons?baseline=main&candidate=r1",
                        PlayedApi.json(200, CompareCommandTest.REGRESSION))
                .on("GET /api/v1/comparisons?baseline=main&candidate=r2", PlayedApi.json(404, """
                        {"title": "There is nothing at this address", "detail": "Baseline main has no good run",
                         "code": "not-found"}"""));

        assertThat(benchAgainst("main")).isEqualTo(ExitCode.REGRESSION);

        assertThat(played.out())
                .contains("generator-direct against run a (0123456789ab): regression\n")
                .contains("marc-direct is not compared: Baseline main has no good run\n");
    }

    @Test
    void listsComparisonsForPrograms() {
        api.on("GET /api/v1/baselines/main", PlayedApi.json(200, "{\"name\": \"main\"}"))
                .on(
                        "GET /api/v1/comparisons?baseline=main&candidate=r1",
                        PlayedApi.json(200, CompareCommandTest.REGRESSION.replace("REGRESSION", "EQUIVALENT")))
                .on(
                        "GET /api/v1/comparisons?baseline=main&candidate=r2",
                        PlayedApi.json(404, "{\"detail\": \"none\"}"));

        assertThat(played.run(
                        "bench",
                        "two",
                        "--json",
                        "--baseline",
                        "main",
                        "--server",
                        api.base().toString()))
                .isEqualTo(ExitCode.FINE);

        var comparisons = Json.parse(played.out()).path("comparisons");
        assertThat(comparisons.path(0).at("/comparison/verdict").stringValue()).isEqualTo("EQUIVALENT");
        assertThat(comparisons.path(1).path("comparison").isNull()).isTrue();
        assertThat(comparisons.path(1).path("comparisonReason").stringValue()).isEqualTo("none");
    }

    @Test
    void measuresNothingWhereThereIsNoSuchBaseline() {
        assertThat(benchAgainst("nowhere")).isEqualTo(ExitCode.USAGE);

        assertThat(api.requestLines()).containsExactly("GET /api/v1/baselines/nowhere");
    }

    private int benchAgainst(String baseline) {
        return played.run(
                "bench", "two", "--baseline", baseline, "--server", api.base().toString());
    }

    private int bench() {
        return played.run("bench", "two", "--server", api.base().toString());
    }

    private void announce(long pid) throws Exception {
        Files.writeString(data.resolve(ServiceFile.NAME), "{\"pid\": %d, \"port\": %d}".formatted(pid, api.port()));
    }
}
