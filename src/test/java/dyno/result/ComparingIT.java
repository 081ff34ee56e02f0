package dyno.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dyno.support.PostgresTest;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Jobs stay where they are: no worker runs.
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"dyno.worker.enabled=false", "dyno.retention.policies[0].samples-for=30d"})
@PostgresTest
class ComparingIT {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String INPUT = "sha256:" + "ab".repeat(32);
    private static final double[] SLOW = {100, 101, 99, 100.5, 99.5};
    private static final double[] FAST = {110, 111, 109, 110.5, 109.5};

    @Autowired
    private ResultStore store;

    @Autowired
    private AlertStore alerts;

    @Autowired
    private UnwatchedRuns unwatched;

    @Autowired
    private ThresholdStore thresholds;

    @Autowired
    private HistoryStore histories;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcClient jdbc;

    private final RestCalls calls;

    ComparingIT(@LocalServerPort int port) {
        this.calls = new RestCalls(port);
    }

    @BeforeEach
    void empty() {
        jdbc.sql(
                        "TRUNCATE environment, run, case_result, fork, run_exclusion, baseline, threshold, alert, unwatched_run")
                .update();
        jdbc.sql("DELETE FROM job_event").update();
        jdbc.sql("DELETE FROM job").update();
    }

    private Run stored(ScoredRuns run) {
        var built = run.run();
        store.add(built);
        return built;
    }

    private JsonNode compare(Run baseline, Run candidate) {
        return calls.get("/api/v1/comparisons?baseline=%s&candidate=%s".formatted(baseline.id(), candidate.id()));
    }

    private static List<String> pointers(JsonNode problem) {
        return problem.path("errors").findValuesAsString("pointer");
    }

    @Nested
    class Deletions extends DeletingRuns {}

    @Nested
    class Comparisons {

        @Test
        void findsTheCaseThatBecameWorse() {
            var before = stored(ScoredRuns.at(NOON).scored("a", FAST).scored("b", SLOW));
            var after = stored(ScoredRuns.at(NOON.plusSeconds(60))
                    .cpuSeconds(2.2)
                    .scored("a", SLOW)
                    .scored("b", SLOW));

            var comparison = compare(before, after);

            assertThat(comparison.path("verdict").asString()).isEqualTo("REGRESSION");
            assertThat(comparison.path("comparable").asBoolean()).isTrue();
            assertThat(comparison.at("/baseline/runId").asString())
                    .isEqualTo(before.id().toString());
            assertThat(comparison.at("/baseline/commit").asString()).isEqualTo("c0ffee");
            var worse = comparison.at("/cases/0");
            assertThat(worse.path("name").asString()).isEqualTo("a");
            assertThat(worse.path("verdict").asString()).isEqualTo("REGRESSION");
            assertThat(worse.path("effect").asDouble()).isCloseTo(100.0 / 110 - 1, within(1e-3));
            assertThat(worse.path("ci95")).hasSize(2);
            assertThat(worse.path("adjustedP").asDouble())
                    .isGreaterThan(worse.path("pValue").asDouble());
            assertThat(worse.path("minimumDetectableEffect").asDouble()).isPositive();
            assertThat(worse.path("forksNeeded").asInt()).isGreaterThanOrEqualTo(3);
            assertThat(worse.at("/deltas/cpuSeconds").asDouble()).isCloseTo(0.1, within(1e-9));
            assertThat(worse.at("/deltas/allocatedBytes").asDouble()).isZero();
            assertThat(worse.at("/deltas/gcSeconds").asDouble()).isZero();
            assertThat(comparison.at("/cases/1/verdict").asString()).isEqualTo("EQUIVALENT");
        }

        @Test
        void saysWhichFactsDifferBetweenMachines() {
            var before = stored(ScoredRuns.at(NOON).scored("a", FAST));
            var after =
                    stored(ScoredRuns.at(NOON.plusSeconds(60)).kernel("6.9.0").scored("a", SLOW));

            var comparison = compare(before, after);

            assertThat(comparison.path("verdict").asString()).isEqualTo("INCOMPARABLE");
            assertThat(comparison.path("comparable").asBoolean()).isFalse();
            assertThat(comparison.path("differences").toString())
                    .isEqualTo("[{\"fact\":\"kernel\",\"baseline\":\"6.1.0\",\"candidate\":\"6.9.0\"}]");
            assertThat(comparison.at("/cases/0/verdictReason").asString()).isEqualTo("ENVIRONMENTS_DIFFER");
            assertThat(comparison.at("/cases/0/effect").isNull()).isTrue();
        }

        @Test
        void doesNotCompareWhatWasMeasuredWithAnotherWorkload() {
            var before = stored(ScoredRuns.at(NOON).scored("a", FAST).scored("gone", SLOW));
            var after = stored(ScoredRuns.at(NOON.plusSeconds(60))
                    .workload(Map.of("threads", 4L))
                    .scored("a", SLOW)
                    .scored("new", SLOW));

            var comparison = compare(before, after);

            assertThat(comparison.path("cases").findValuesAsString("verdictReason"))
                    .containsExactly("WORKLOADS_DIFFER", "NOT_IN_BASELINE", "NOT_IN_CANDIDATE");
            assertThat(comparison.at("/cases/0/differences/0").toString())
                    .isEqualTo("{\"fact\":\"workload.threads\",\"baseline\":2,\"candidate\":4}");
            assertThat(comparison.path("verdict").asString()).isEqualTo("INCOMPARABLE");
        }

        @Test
        void doesNotCallRunsEquivalentOfWhichOneLostACase() {
            var before =
                    stored(ScoredRuns.at(NOON).input(INPUT).scored("a", SLOW).scored("b", SLOW));
            var after = stored(
                    ScoredRuns.at(NOON.plusSeconds(60)).input(INPUT).failed("a").scored("b", SLOW));

            var comparison = compare(before, after);

            assertThat(comparison.at("/cases/0/verdict").asString()).isEqualTo("INSUFFICIENT_DATA");
            assertThat(comparison.at("/cases/0").hasNonNull("verdictReason")).isFalse();
            assertThat(comparison.at("/cases/0/effectReason").asString()).isEqualTo("NO_SCORE");
            assertThat(comparison.at("/cases/1/verdict").asString()).isEqualTo("EQUIVALENT");
            assertThat(comparison.path("verdict").asString()).isEqualTo("INSUFFICIENT_DATA");
        }

        @Test
        void doesNotCompareWhatReadAnotherInput() {
            var before = stored(ScoredRuns.at(NOON).input(INPUT).scored("a", FAST));
            var after = stored(ScoredRuns.at(NOON.plusSeconds(60))
                    .input("sha256:" + "cd".repeat(32))
                    .scored("a", SLOW));

            assertThat(compare(before, after).at("/cases/0/verdictReason").asString())
                    .isEqualTo("INPUTS_DIFFER");
        }

        @Test
        void answersInsufficientDataToOneFork() {
            var before = stored(ScoredRuns.at(NOON).scored("a", 100));
            var after = stored(ScoredRuns.at(NOON.plusSeconds(60)).scored("a", 100));

            var comparison = compare(before, after);

            assertThat(comparison.path("verdict").asString()).isEqualTo("INSUFFICIENT_DATA");
            assertThat(comparison.at("/cases/0/effect").asDouble()).isZero();
            assertThat(comparison.at("/cases/0/pValueReason").asString()).isEqualTo("NEEDS_3_FORKS");
        }

        @Test
        void saysHowFarImportsAreApartThatHaveNothingButAScore() {
            var path = "/api/v1/runs/import?format=bmf&startedAt=2026-01-01T12:00:00Z";
            var before = calls.send("POST", path, "{\"bench\": {\"latency\": {\"value\": 200}}}", 201);
            var after = calls.send("POST", path, "{\"bench\": {\"latency\": {\"value\": 230}}}", 201);

            var compared = calls.get("/api/v1/comparisons?baseline=%s&candidate=%s"
                            .formatted(
                                    before.path("id").asString(),
                                    after.path("id").asString()))
                    .at("/cases/0");

            assertThat(compared.path("verdict").asString()).isEqualTo("INSUFFICIENT_DATA");
            assertThat(compared.path("effect").asDouble()).isCloseTo(0.15, within(1e-9));
            assertThat(compared.path("pValueReason").asString()).isEqualTo("NEEDS_3_FORKS");
        }

        @Test
        void saysHowFarAnImportOfAScoreAloneIsFromOneWithRawData() {
            var path = "/api/v1/runs/import?format=jmh&startedAt=2026-01-01T12:00:00Z";
            var document = "[{\"benchmark\": \"b\", \"mode\": \"avgt\", \"primaryMetric\": "
                    + "{\"score\": %s, \"scoreUnit\": \"ns/op\"%s}}]";
            var before = calls.send("POST", path, document.formatted("200.0", ""), 201);
            var after = calls.send(
                    "POST",
                    path,
                    document.formatted("230.0", ", \"rawData\": [[230.0, 231.0], [229.0, 230.0], [230.0, 230.0]]"),
                    201);

            var compared = calls.get("/api/v1/comparisons?baseline=%s&candidate=%s"
                            .formatted(
                                    before.path("id").asString(),
                                    after.path("id").asString()))
                    .at("/cases/0");

            assertThat(compared.path("verdict").asString()).isEqualTo("INSUFFICIENT_DATA");
            assertThat(compared.path("effect").asDouble()).isCloseTo(0.15, within(1e-4));
        }

        @Test
        void comparesTheVariantsOfOneJobForkByFork() {
            var run = stored(ScoredRuns.at(NOON)
                    .scored("legacy", 80, 90, 100, 110, 120)
                    .against("legacy", "direct", 88.2, 99.1, 110.3, 121.2, 131.9));

            var comparison = compare(run, run);

            assertThat(comparison.path("cases")).hasSize(1);
            assertThat(comparison.at("/cases/0/baselineCase").asString()).isEqualTo("legacy");
            assertThat(comparison.at("/cases/0/verdict").asString()).isEqualTo("IMPROVEMENT");
        }

        @Test
        void countsAVariantThatWasLostBesideItsBaseline() {
            var run = stored(ScoredRuns.at(NOON)
                    .asBaseline()
                    .scored("legacy[size=1]", SLOW)
                    .scored("legacy[size=2]", SLOW)
                    .failed("direct[size=1]")
                    .against("legacy[size=2]", "direct[size=2]", SLOW));

            var comparison = compare(run, run);

            assertThat(comparison.path("cases").findValuesAsString("name"))
                    .containsExactly("direct[size=1]", "direct[size=2]");
            assertThat(comparison.at("/cases/0/baselineCase").asString()).isEqualTo("legacy[size=1]");
            assertThat(comparison.at("/cases/0/verdict").asString()).isEqualTo("INSUFFICIENT_DATA");
            assertThat(comparison.at("/cases/1/verdict").asString()).isEqualTo("EQUIVALENT");
            assertThat(comparison.path("verdict").asString()).isEqualTo("INSUFFICIENT_DATA");
        }

        @Test
        void refusesWhatItCannotFind() {
            var run = stored(ScoredRuns.at(NOON).scored("a", SLOW));
            var path = "/api/v1/comparisons?baseline=%s&candidate=%s";

            assertThat(pointers(calls.send("GET", "/api/v1/comparisons?margin=2&x=1", "", 400)))
                    .containsExactlyInAnyOrder("?baseline", "?candidate", "?margin", "?x");
            calls.send("GET", path.formatted(run.id(), UUID.randomUUID()), "", 404);
            calls.send("GET", path.formatted(UUID.randomUUID(), run.id()), "", 404);
            calls.send("GET", path.formatted("nowhere", run.id()), "", 404);
            assertThat(calls.send("GET", path.formatted(run.id(), run.id()), "", 400)
                            .path("code")
                            .asString())
                    .isEqualTo("invalid-request");
        }
    }

    @Nested
    class Baselines {

        @Test
        void comparesWithARunByItsName() {
            var before = stored(ScoredRuns.at(NOON).scored("a", SLOW));
            var after = stored(ScoredRuns.at(NOON.plusSeconds(60)).scored("a", FAST));

            var put =
                    calls.send("PUT", "/api/v1/baselines/release-1", "{\"runId\": \"%s\"}".formatted(before.id()), 201);
            calls.send("PUT", "/api/v1/baselines/release-1", "{\"runId\": \"%s\"}".formatted(before.id()), 200);

            assertThat(put.path("runId").asString()).isEqualTo(before.id().toString());
            assertThat(calls.get("/api/v1/comparisons?baseline=release-1&candidate=" + after.id())
                            .path("verdict")
                            .asString())
                    .isEqualTo("IMPROVEMENT");
        }

        @Test
        void takesTheLatestGoodRunWithTheLabelsBeforeTheCandidate() {
            calls.send("PUT", "/api/v1/baselines/main", "{\"labels\": {\"branch\": \"main\"}}", 201);
            stored(main(0).scored("a", SLOW));
            var good = stored(main(1).scored("a", SLOW));
            stored(main(2).grade("D").scored("a", SLOW));
            stored(main(3).partial().scored("a", SLOW));
            var excluded = stored(main(4).scored("a", SLOW));
            stored(main(5).label("job", "another").scored("a", SLOW));
            var candidate =
                    stored(ScoredRuns.at(NOON.plusSeconds(60)).label("job", "j").scored("a", SLOW));
            stored(main(90).scored("a", SLOW));
            calls.send("PUT", "/api/v1/runs/%s/exclusion".formatted(excluded.id()), "{\"reason\": \"noise\"}", 200);

            var comparison = calls.get("/api/v1/comparisons?baseline=main&candidate=" + candidate.id());

            assertThat(comparison.at("/baseline/runId").asString())
                    .isEqualTo(good.id().toString());
        }

        @Test
        void isNoRunThatIsExcludedAndCannotBeExcluded() {
            var run = stored(ScoredRuns.at(NOON).scored("a", SLOW));
            var exclusion = "/api/v1/runs/%s/exclusion".formatted(run.id());
            var baseline = "{\"runId\": \"%s\"}".formatted(run.id());
            calls.send("PUT", exclusion, "{\"reason\": \"noise\"}", 200);
            assertThat(pointers(calls.send("PUT", "/api/v1/baselines/main", baseline, 400)))
                    .containsExactly("/runId");

            calls.send("DELETE", exclusion, "", 204);
            calls.send("PUT", "/api/v1/baselines/main", baseline, 201);

            assertThat(calls.send("PUT", exclusion, "{\"reason\": \"noise\"}", 409)
                            .path("code")
                            .asString())
                    .isEqualTo("run-in-use");
        }

        @Test
        void isEitherMadeOfARunOrTheRunExcludedWhereBothAreWantedAtOnce() throws Exception {
            var run = stored(ScoredRuns.at(NOON).scored("a", SLOW));
            // The first waits for this transaction, the second for the first.
            var waiting = """
                    SELECT count(*)
                    FROM pg_locks
                    WHERE NOT granted
                      AND (transactionid = pg_current_xact_id()::xid
                           OR database = (SELECT oid FROM pg_database WHERE datname = current_database()))
                    """;
            var lock = jdbc.sql("SELECT id FROM run WHERE id = :run FOR UPDATE").param("run", run.id());
            var exclusion = "/api/v1/runs/%s/exclusion".formatted(run.id());
            var baseline = "{\"runId\": \"%s\"}".formatted(run.id());
            List<Callable<Integer>> wishes = List.of(
                    () -> calls.status("PUT", exclusion, "{\"reason\": \"noise\"}"),
                    () -> calls.status("PUT", "/api/v1/baselines/main", baseline));
            try (var clients = Executors.newFixedThreadPool(2)) {
                var answers = new ArrayList<Future<Integer>>();
                new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    lock.query(UUID.class).single();
                    wishes.forEach(wish -> answers.add(clients.submit(wish)));
                    await().pollInSameThread()
                            .atMost(Duration.ofSeconds(30))
                            .until(() -> jdbc.sql(waiting).query(Integer.class).single() == 2);
                });

                assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
                        .isIn(List.of(200, 400), List.of(409, 201));
            }
        }

        @Test
        void neverIsAPartialRunOrOneOfGradeD() {
            for (var run :
                    List.of(ScoredRuns.at(NOON).grade("D"), ScoredRuns.at(NOON).partial())) {
                var refused = calls.send(
                        "PUT",
                        "/api/v1/baselines/main",
                        "{\"runId\": \"%s\"}"
                                .formatted(stored(run.scored("a", SLOW)).id()),
                        400);

                assertThat(pointers(refused)).containsExactly("/runId");
            }
        }

        @Test
        void refusesWhatIsNeitherARunNorLabels() {
            assertThat(pointers(calls.send("PUT", "/api/v1/baselines/main", "{}", 400)))
                    .containsExactly("/runId");
            assertThat(pointers(calls.send(
                            "PUT",
                            "/api/v1/baselines/main",
                            "{\"runId\": \"x\", \"labels\": {\"a\": 1}, \"more\": 1}",
                            400)))
                    .contains("/runId", "/labels/a", "/more");
            calls.send("PUT", "/api/v1/baselines/Not%20a%20name", "{\"labels\": {\"a\": \"b\"}}", 400);
            calls.send("PUT", "/api/v1/baselines/" + UUID.randomUUID(), "{\"labels\": {\"a\": \"b\"}}", 400);
        }

        @Test
        void listsAndDeletes() {
            calls.send("PUT", "/api/v1/baselines/b", "{\"labels\": {\"branch\": \"b\"}}", 201);
            calls.send("PUT", "/api/v1/baselines/a", "{\"labels\": {\"branch\": \"a\"}}", 201);

            assertThat(calls.get("/api/v1/baselines").path("items").findValuesAsString("name"))
                    .containsExactly("a", "b");
            calls.send("DELETE", "/api/v1/baselines/a", "", 204);
            calls.send("DELETE", "/api/v1/baselines/a", "", 404);
            calls.send("GET", "/api/v1/baselines/a", "", 404);
        }

        private static ScoredRuns main(int seconds) {
            return ScoredRuns.at(NOON.plusSeconds(seconds))
                    .label("branch", "main")
                    .label("job", "j");
        }
    }

    @Nested
    class Histories {

        @Test
        void hasTheSameChangePointsInWhateverOrderRunsWereStored() {
            var levels = IntStream.range(0, 60)
                    .mapToObj(i -> ScoredRuns.at(NOON.plusSeconds(i)).scored("a", around(i < 40 ? 100 : 110, i)))
                    .map(ScoredRuns::run)
                    .toList();
            levels.forEach(store::add);
            var inOrder = history("&limit=200");
            jdbc.sql("TRUNCATE environment, run, case_result, fork, run_exclusion, baseline")
                    .update();
            var shuffled = new ArrayList<>(levels);
            Collections.shuffle(shuffled, new Random(60));
            shuffled.forEach(store::add);

            var inDisorder = history("&limit=200");

            assertThat(inDisorder).isEqualTo(inOrder);
            assertThat(inOrder.path("points")).hasSize(60);
            assertThat(inOrder.path("changePoints")).hasSize(1);
            assertThat(inOrder.at("/changePoints/0/index").asInt()).isEqualTo(40);
            assertThat(inOrder.at("/changePoints/0/runId").asString())
                    .isEqualTo(levels.get(40).id().toString());
            assertThat(inOrder.at("/changePoints/0/magnitude").asDouble()).isCloseTo(0.1, within(0.01));
        }

        @Test
        void hasTheSameChangePointsInWhateverOrderSixtyNightsWereImported() {
            var nights = IntStream.range(0, 60).boxed().toList();
            var inOrder = changesOfNightsImported(nights);
            var shuffled = new ArrayList<>(nights);
            Collections.shuffle(shuffled, new Random(61));

            assertThat(changesOfNightsImported(shuffled)).isEqualTo(inOrder);
            assertThat(inOrder).singleElement().asString().startsWith("40 ");
        }

        @Test
        void leavesOutRunsThatAreExcludedOrOfGradeDAndKeepsReruns() {
            var good = stored(ScoredRuns.at(NOON).scored("a", SLOW));
            var poor = stored(ScoredRuns.at(NOON.plusSeconds(1)).grade("D").scored("a", SLOW));
            var excluded = stored(ScoredRuns.at(NOON.plusSeconds(2)).scored("a", SLOW));
            var rerun = stored(ScoredRuns.at(NOON.plusSeconds(3))
                    .label(Reruns.CONFIRMS, good.id().toString())
                    .scored("a", SLOW));
            stored(ScoredRuns.at(NOON.plusSeconds(4)).partial().scored("a", SLOW));
            calls.send("PUT", exclusion(excluded), "{\"reason\": \"the disk was full\"}", 200);

            assertThat(runs(history(""))).containsExactly(good.id(), rerun.id());
            var all = history("&excluded=true");
            assertThat(runs(all)).containsExactly(good.id(), poor.id(), excluded.id(), rerun.id());
            assertThat(all.at("/points/1/excludedReason").asString()).isEqualTo("GRADE_D");
            assertThat(all.at("/points/2/excludedReason").asString()).isEqualTo("the disk was full");
            assertThat(all.at("/points/0/excluded").asBoolean()).isFalse();

            calls.send("DELETE", exclusion(excluded), "", 204);
            assertThat(runs(history(""))).containsExactly(good.id(), excluded.id(), rerun.id());
            calls.send("DELETE", exclusion(excluded), "", 404);
        }

        @Test
        void isThatOfTheNewestRunThatCounts() {
            var here = stored(ScoredRuns.at(NOON).scored("a", SLOW));
            var mistaken = stored(ScoredRuns.at(NOON.plusSeconds(1))
                    .workload(Map.of("threads", 8L))
                    .scored("a", SLOW));
            assertThat(runs(history(""))).containsExactly(mistaken.id());

            calls.send("PUT", exclusion(mistaken), "{\"reason\": \"the wrong workload\"}", 200);

            assertThat(runs(history(""))).containsExactly(here.id());
        }

        @Test
        void holdsOneWorkloadOnOneMachine() {
            stored(ScoredRuns.at(NOON).workload(Map.of("threads", 8L)).scored("a", SLOW));
            var elsewhere =
                    stored(ScoredRuns.at(NOON.plusSeconds(1)).kernel("6.9.0").scored("a", SLOW));
            var here = stored(ScoredRuns.at(NOON.plusSeconds(2)).scored("a", SLOW));

            assertThat(runs(history(""))).containsExactly(here.id());
            assertThat(runs(history("&fingerprint=" + elsewhere.environment().fingerprint())))
                    .containsExactly(elsewhere.id());
        }

        @Test
        void isEmptyForACaseThatNobodyMeasured() {
            var none = calls.get("/api/v1/history?engine=generator&case=none");

            assertThat(none.path("points")).isEmpty();
            assertThat(none.path("changePoints")).isEmpty();
            assertThat(none.path("fingerprint").isNull()).isTrue();
            assertThat(pointers(calls.send("GET", "/api/v1/history", "", 400)))
                    .containsExactlyInAnyOrder("?engine", "?case");
        }

        @Test
        void showsTheNewestPointsOldestFirst() {
            var ids = IntStream.range(0, 5)
                    .mapToObj(i -> stored(ScoredRuns.at(NOON.plusSeconds(i)).scored("a", SLOW))
                            .id())
                    .toList();

            assertThat(runs(history("&limit=2"))).isEqualTo(ids.subList(3, 5));
            assertThat(history("").at("/points/0/commit").asString()).isEqualTo("c0ffee");
            assertThat(history("").path("unit").asString()).isEqualTo("bytes/s");
        }

        private List<String> changesOfNightsImported(List<Integer> nights) {
            jdbc.sql("TRUNCATE environment, run, case_result, fork, run_exclusion, baseline")
                    .update();
            for (int night : nights) {
                double score = (night < 40 ? 100 : 110) + night % 3 * 0.3;
                calls.send(
                        "POST",
                        "/api/v1/runs/import?format=bmf&startedAt=" + NOON.plus(Duration.ofDays(night)),
                        "{\"bench\": {\"throughput\": {\"value\": %s}}}".formatted(score),
                        201);
            }
            return importedHistory()
                    .path("changePoints")
                    .valueStream()
                    .map(change -> "%s %s %s %s"
                            .formatted(
                                    change.path("index"),
                                    change.path("before"),
                                    change.path("after"),
                                    change.path("pValue")))
                    .toList();
        }

        @Test
        void saysWhyAFigureOfAPointIsNull() {
            changesOfNightsImported(List.of(0));
            stored(ScoredRuns.at(NOON).scored("a", SLOW));

            var point = importedHistory().at("/points/0");
            var own = history("").at("/points/0");

            assertThat(own.path("commit").isString()).isTrue();
            assertThat(point.path("commitReason").asString()).isEqualTo("NOT_RECORDED");
            for (var figure : List.of("commit", "ci95", "grade")) {
                assertThat(point.path(figure).isNull()).as(figure).isTrue();
                assertThat(point.path(figure + "Reason").isString()).as(figure).isTrue();
                assertThat(own.path(figure + "Reason").isString())
                        .as(figure)
                        .isEqualTo(own.path(figure).isNull());
            }
        }

        private JsonNode importedHistory() {
            return calls.get("/api/v1/history?engine=imported&case=bench%5Bmeasure%3Dthroughput%5D&limit=200");
        }

        private JsonNode history(String more) {
            return calls.get("/api/v1/history?engine=generator&case=a" + more);
        }

        private static List<UUID> runs(JsonNode history) {
            return history.path("points")
                    .valueStream()
                    .map(point -> UUID.fromString(point.path("runId").asString()))
                    .toList();
        }

        private static String exclusion(Run run) {
            return "/api/v1/runs/%s/exclusion".formatted(run.id());
        }

        private static double[] around(double level, int seed) {
            var random = new Random(seed);
            return random.doubles(3, level * 0.99, level * 1.01).toArray();
        }
    }

    @Nested
    class Thresholds {

        private static final String PERCENTAGE =
                "{\"engine\": \"generator\", \"rule\": \"PERCENTAGE\", \"limit\": 0.05, \"minSamples\": 3}";

        @Test
        void measuresACaseBeyondAThresholdOnceMoreAndRaisesAnAlertWhereItIsSoAgain() {
            calls.send("PUT", "/api/v1/thresholds/five-percent", PERCENTAGE, 201);
            history(5);
            var job = submitted();

            var slow = stored(ScoredRuns.at(NOON.plusSeconds(60)).job(job).scored("a", 90, 90, 90));

            assertThat(alerts()).isEmpty();
            var rerun = calls.get("/api/v1/jobs?label=confirms:" + slow.id()).path("items");
            assertThat(rerun).hasSize(1);
            assertThat(rerun.at("/0/spec/reason").asString()).isEqualTo("confirms run " + slow.id());
            assertThat(rerun.at("/0/spec/labels/branch").asString()).isEqualTo("main");

            var again = stored(ScoredRuns.at(NOON.plusSeconds(120))
                    .label(Reruns.CONFIRMS, slow.id().toString())
                    .scored("a", 91, 90, 89));

            var alert = alerts().path(0);
            assertThat(alert.path("kind").asString()).isEqualTo("REGRESSION");
            assertThat(alert.path("case").asString()).isEqualTo("a");
            assertThat(alert.path("runId").asString()).isEqualTo(again.id().toString());
            assertThat(alert.at("/details/suspectedBy").asString())
                    .isEqualTo(slow.id().toString());
            assertThat(alert.at("/details/confirmed").asBoolean()).isTrue();
            assertThat(alert.at("/details/bound").asDouble()).isCloseTo(95e6, within(1e5));
        }

        @Test
        void raisesNoAlertWhereTheSecondRunIsAsBefore() {
            calls.send("PUT", "/api/v1/thresholds/five-percent", PERCENTAGE, 201);
            history(5);
            var slow =
                    stored(ScoredRuns.at(NOON.plusSeconds(60)).job(submitted()).scored("a", 90, 90, 90));
            stored(ScoredRuns.at(NOON.plusSeconds(120))
                    .label(Reruns.CONFIRMS, slow.id().toString())
                    .scored("a", 100, 99, 101));

            assertThat(alerts()).isEmpty();
        }

        @Test
        void raisesNoAlertOfACaseThatWasSlowInTheSecondRunAlone() {
            calls.send("PUT", "/api/v1/thresholds/five-percent", PERCENTAGE, 201);
            historyOfTwo(5);
            var slow = stored(ScoredRuns.at(NOON.plusSeconds(60))
                    .job(submitted())
                    .scored("a", 90, 90, 90)
                    .scored("b", 50, 50, 50));
            stored(ScoredRuns.at(NOON.plusSeconds(120))
                    .label(Reruns.CONFIRMS, slow.id().toString())
                    .scored("a", 100, 99, 101)
                    .scored("b", 40, 40, 40));

            assertThat(alerts()).isEmpty();
        }

        @Test
        void leavesTheAlertOfOneCaseAloneWhereAnotherIsMeasuredAgain() {
            calls.send("PUT", "/api/v1/thresholds/five-percent", PERCENTAGE, 201);
            historyOfTwo(5);
            alertOfA();

            var slow = stored(ScoredRuns.at(NOON.plusSeconds(180))
                    .job(submitted())
                    .scored("a", 90, 90, 90)
                    .scored("b", 40, 40, 40));
            stored(ScoredRuns.at(NOON.plusSeconds(240))
                    .label(Reruns.CONFIRMS, slow.id().toString())
                    .scored("a", 90, 90, 90)
                    .scored("b", 40, 40, 40));

            assertThat(alerts().findValuesAsString("case")).containsExactly("b", "a");
        }

        @Test
        void saysThatACaseWhoseRepetitionFailedIsUnconfirmed() {
            calls.send("PUT", "/api/v1/thresholds/five-percent", PERCENTAGE, 201);
            historyOfTwo(5);
            var slow = stored(ScoredRuns.at(NOON.plusSeconds(60))
                    .job(submitted())
                    .scored("a", 90, 90, 90)
                    .scored("b", 50, 50, 50));
            stored(ScoredRuns.at(NOON.plusSeconds(120))
                    .label(Reruns.CONFIRMS, slow.id().toString())
                    .failed("a")
                    .scored("b", 50, 50, 50));

            assertThat(alerts()).hasSize(1);
            assertThat(alerts().at("/0/runId").asString()).isEqualTo(slow.id().toString());
            assertThat(alerts().at("/0/details/unconfirmedReason").asString()).isEqualTo("NO_SCORE");
        }

        @Test
        void measuresAgainWhatAnotherJobsEqualCaseHasAnAlertOf() {
            calls.send("PUT", "/api/v1/thresholds/five-percent", PERCENTAGE, 201);
            historyOfTwo(5);
            alertOfA();
            for (int i = 0; i < 5; i++) {
                stored(ScoredRuns.at(NOON.plusSeconds(i))
                        .label("suite", "nightly")
                        .scored("a", 100, 99, 101));
            }

            var next = stored(ScoredRuns.at(NOON.plusSeconds(180))
                    .job(submitted())
                    .label("suite", "nightly")
                    .scored("a", 90, 90, 90));

            assertThat(reruns(next)).hasSize(1);
        }

        @Test
        void measuresAJobOfOneIterationAgainWhoseEffectDoesNotStay() {
            calls.send("PUT", "/api/v1/thresholds/five-percent", PERCENTAGE, 201);
            history(5);

            var slow = stored(ScoredRuns.at(NOON.plusSeconds(60))
                    .job(submitted())
                    .iterations(1)
                    .scored("a", 90));

            assertThat(reruns(slow)).hasSize(1);
            assertThat(alerts()).isEmpty();
        }

        @Test
        void doesNotMeasureAgainWhatPeopleKnow() {
            calls.send("PUT", "/api/v1/thresholds/five-percent", PERCENTAGE, 201);
            history(5);
            var slow =
                    stored(ScoredRuns.at(NOON.plusSeconds(60)).job(submitted()).scored("a", 90, 90, 90));
            stored(ScoredRuns.at(NOON.plusSeconds(120))
                    .label(Reruns.CONFIRMS, slow.id().toString())
                    .scored("a", 90, 90, 90));

            var next =
                    stored(ScoredRuns.at(NOON.plusSeconds(180)).job(submitted()).scored("a", 80, 80, 80));

            assertThat(calls.get("/api/v1/jobs?label=confirms:" + next.id()).path("items"))
                    .isEmpty();
            assertThat(alerts()).hasSize(1);
        }

        @Test
        void saysWhyARegressionIsNotConfirmedWhereItsJobIsGone() {
            calls.send("PUT", "/api/v1/thresholds/five-percent", PERCENTAGE, 201);
            history(5);

            stored(ScoredRuns.at(NOON.plusSeconds(60)).scored("a", 90, 90, 90));

            assertThat(alerts()).hasSize(1);
            assertThat(alerts().at("/0/details/confirmed").asBoolean()).isFalse();
            assertThat(alerts().at("/0/details/unconfirmedReason").asString()).isEqualTo("NOT_FOUND");
        }

        @Test
        void saysThatAnImportCannotBeMeasuredAgain() {
            calls.send("PUT", "/api/v1/thresholds/imports", PERCENTAGE.replace("generator", "imported"), 201);
            for (int second = 0; second < 4; second++) {
                imported(second, 100);
            }

            imported(4, 120);

            assertThat(alerts()).hasSize(1);
            assertThat(alerts().at("/0/engine").asString()).isEqualTo("imported");
            assertThat(alerts().at("/0/case").asString()).isEqualTo("bench[measure=latency]");
            assertThat(alerts().at("/0/details/unconfirmedReason").asString()).isEqualTo("IMPORTED");
        }

        /// A second run that cannot tell takes nothing back.
        @ParameterizedTest
        @ValueSource(strings = {"GRADE_D", "PARTIAL", "OTHER_ENVIRONMENT"})
        void saysThatARegressionIsUnconfirmedWhereTheSecondRunCannotTell(String reason) {
            calls.send("PUT", "/api/v1/thresholds/five-percent", PERCENTAGE, 201);
            history(5);
            var slow =
                    stored(ScoredRuns.at(NOON.plusSeconds(60)).job(submitted()).scored("a", 90, 90, 90));
            var second = ScoredRuns.at(NOON.plusSeconds(120))
                    .label(Reruns.CONFIRMS, slow.id().toString());
            var unfit = switch (reason) {
                case "GRADE_D" -> second.grade("D");
                case "PARTIAL" -> second.partial();
                default -> second.kernel("6.9.0");
            };

            stored(unfit.scored("a", 100, 99, 101));

            assertThat(alerts()).hasSize(1);
            assertThat(alerts().at("/0/runId").asString()).isEqualTo(slow.id().toString());
            assertThat(alerts().at("/0/details/confirmed").asBoolean()).isFalse();
            assertThat(alerts().at("/0/details/unconfirmedReason").asString()).isEqualTo(reason);
        }

        @Test
        void remembersARunInTheTransactionThatStoresIt() {
            var run = ScoredRuns.at(NOON).scored("a", SLOW).run();

            new TransactionTemplate(transactions).executeWithoutResult(status -> {
                store.add(run);
                assertThat(waiting()).isOne();
                status.setRollbackOnly();
            });

            assertThat(waiting()).isZero();
            store.add(run);
            assertThat(waiting()).isZero();
        }

        @Test
        void measuresAgainWhatANodeDiedOverBetweenTheResultAndTheRerun() {
            calls.send("PUT", "/api/v1/thresholds/five-percent", PERCENTAGE, 201);
            history(5);
            var slow = storedByANodeThatDied(
                    ScoredRuns.at(NOON.plusSeconds(60)).job(submitted()).scored("a", 90, 90, 90));

            unwatched.watchLeftOver();
            assertThat(reruns(slow)).as("within its own time").isEmpty();
            aMinutePasses();
            unwatched.watchLeftOver();
            unwatched.watchLeftOver();

            assertThat(reruns(slow)).hasSize(1);
            assertThat(waiting()).isZero();
        }

        @Test
        void raisesTheAlertOfASecondRunThatANodeDiedOver() {
            calls.send("PUT", "/api/v1/thresholds/five-percent", PERCENTAGE, 201);
            history(5);
            var slow =
                    stored(ScoredRuns.at(NOON.plusSeconds(60)).job(submitted()).scored("a", 90, 90, 90));
            var again = storedByANodeThatDied(ScoredRuns.at(NOON.plusSeconds(120))
                    .label(Reruns.CONFIRMS, slow.id().toString())
                    .scored("a", 90, 90, 90));
            aMinutePasses();

            unwatched.watchLeftOver();

            assertThat(alerts()).hasSize(1);
            assertThat(alerts().at("/0/runId").asString()).isEqualTo(again.id().toString());
        }

        @Test
        void waitsWithARerunWhileTheQueueIsFull() {
            calls.send("PUT", "/api/v1/thresholds/five-percent", PERCENTAGE, 201);
            history(5);
            var slow = storedByANodeThatDied(
                    ScoredRuns.at(NOON.plusSeconds(60)).job(submitted()).scored("a", 90, 90, 90));
            var queue = new StaticListableBeanFactory();
            queue.addBean("reruns", refusing(ProblemCode.QUEUE_FULL));
            var watch = new RegressionWatch(
                    thresholds, histories, alerts, store, queue.getBeanProvider(Reruns.class), transactions);

            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> watch.watch(slow))
                    .withMessage("refused");

            assertThat(alerts()).isEmpty();
        }

        @Test
        void pinsTheSecondRunToMachinesLikeTheFirstWhereThereAreAny() {
            calls.send("PUT", "/api/v1/thresholds/five-percent", PERCENTAGE, 201);
            history(5);
            var slow = ScoredRuns.at(NOON.plusSeconds(60)).job(submitted()).scored("a", 90, 90, 90);
            var fingerprint = slow.run().environment().fingerprint();
            jdbc.sql("""
                    INSERT INTO node (name, instance, home, started_at, heartbeat_at, cpus, fingerprint, labels)
                    VALUES ('like-it', gen_random_uuid(), 'home', now(), now(), 2, :fingerprint,
                            jsonb_build_object('name', 'like-it', 'fingerprint', CAST(:fingerprint AS text)))
                    """).param("fingerprint", fingerprint).update();

            var first = stored(slow);

            jdbc.sql("DELETE FROM node WHERE name = 'like-it'").update();
            var labels = reruns(first).at("/0/spec/labels");
            assertThat(labels.path("node.fingerprint").asString()).isEqualTo(fingerprint);
            assertThat(labels.path("branch").asString()).isEqualTo("main");
        }

        @Test
        void holdsNothingAgainstAnImprovementAFewRunsOrAnotherCase() {
            calls.send(
                    "PUT",
                    "/api/v1/thresholds/five-percent",
                    PERCENTAGE.replace("\"minSamples\"", "\"case\": \"a\", \"minSamples\""),
                    201);
            history(2);
            stored(ScoredRuns.at(NOON.plusSeconds(20)).scored("a", 90, 90, 90));
            historyOfTwo(5);

            stored(ScoredRuns.at(NOON.plusSeconds(60)).scored("a", 120, 120, 120));
            stored(ScoredRuns.at(NOON.plusSeconds(61)).scored("b", 1, 1, 1));
            stored(ScoredRuns.at(NOON.plusSeconds(62)).grade("D").scored("a", 1, 1, 1));

            assertThat(alerts()).isEmpty();
        }

        @Test
        void storesShowsAndDeletesThresholds() {
            var put = calls.send("PUT", "/api/v1/thresholds/t", PERCENTAGE, 201);
            calls.send("PUT", "/api/v1/thresholds/t", PERCENTAGE.replace("0.05", "0.1"), 200);

            assertThat(put.path("window").asInt()).isEqualTo(30);
            assertThat(put.path("case").isNull()).isTrue();
            assertThat(calls.get("/api/v1/thresholds/t").path("limit").asDouble())
                    .isEqualTo(0.1);
            assertThat(calls.get("/api/v1/thresholds").path("items")).hasSize(1);
            calls.send("DELETE", "/api/v1/thresholds/t", "", 204);
            calls.send("DELETE", "/api/v1/thresholds/t", "", 404);
            calls.send("GET", "/api/v1/thresholds/t", "", 404);
        }

        @Test
        void refusesEverythingThatIsWrongAtOnce() {
            assertThat(pointers(calls.send("PUT", "/api/v1/thresholds/t", "{}", 400)))
                    .containsExactlyInAnyOrder("/engine", "/rule", "/limit");
            assertThat(pointers(calls.send(
                            "PUT",
                            "/api/v1/thresholds/t",
                            "{\"engine\": \"none\", \"rule\": \"T_TEST\", \"limit\": 1, \"window\": 3, \"minSamples\": 9}",
                            400)))
                    .containsExactlyInAnyOrder("/engine", "/limit", "/minSamples");
        }

        private void history(int runs) {
            for (int i = 0; i < runs; i++) {
                stored(ScoredRuns.at(NOON.plusSeconds(i)).scored("a", 100, 99, 101));
            }
        }

        /// Of the cases a and b.
        private void historyOfTwo(int runs) {
            for (int i = 0; i < runs; i++) {
                stored(ScoredRuns.at(NOON.plusSeconds(i))
                        .scored("a", 100, 99, 101)
                        .scored("b", 50, 51, 49));
            }
        }

        private void alertOfA() {
            var slow = stored(ScoredRuns.at(NOON.plusSeconds(60))
                    .job(submitted())
                    .scored("a", 90, 90, 90)
                    .scored("b", 50, 50, 50));
            stored(ScoredRuns.at(NOON.plusSeconds(120))
                    .label(Reruns.CONFIRMS, slow.id().toString())
                    .scored("a", 90, 90, 90)
                    .scored("b", 50, 50, 50));
            assertThat(alerts().findValuesAsString("case")).containsExactly("a");
        }

        private void imported(int second, int nanos) {
            calls.send(
                    "POST",
                    "/api/v1/runs/import?format=bmf&startedAt=2026-01-01T12:00:0%dZ".formatted(second),
                    "{\"bench\": {\"latency\": {\"value\": %d}}}".formatted(nanos),
                    201);
        }

        /// What is left of a run where nothing happened after its transaction.
        private Run storedByANodeThatDied(ScoredRuns run) {
            var built = run.run();
            new ResultStore(jdbc, event -> {}).add(built);
            unwatched.remember(new RunStored(built));
            return built;
        }

        private void aMinutePasses() {
            jdbc.sql("UPDATE unwatched_run SET stored_at = stored_at - interval '61 seconds'")
                    .update();
        }

        private long waiting() {
            return jdbc.sql("SELECT count(*) FROM unwatched_run")
                    .query(Long.class)
                    .single();
        }

        private JsonNode reruns(Run run) {
            return calls.get("/api/v1/jobs?label=confirms:" + run.id()).path("items");
        }

        private static Reruns refusing(ProblemCode code) {
            return (Reruns) Proxy.newProxyInstance(
                    Reruns.class.getClassLoader(), new Class<?>[] {Reruns.class}, (proxy, method, arguments) -> {
                        throw new ProblemException(code, "refused");
                    });
        }

        private UUID submitted() {
            return UUID.fromString(
                    calls.send("POST", "/api/v1/jobs", """
                            {"engine": "generator", "workload": {"totalBytes": 1048576, "chunkBytes": 65536},
                             "labels": {"branch": "main"}}""", 202).path("id").asString());
        }

        private JsonNode alerts() {
            return calls.get("/api/v1/alerts").path("items");
        }
    }

    @Nested
    class Calibrations {

        @Test
        void countsFalseAlarmsOfTheSuite() {
            aa(0, new double[] {100, 101, 99}, new double[] {100.2, 101.1, 99.1});
            aa(1, new double[] {100, 101, 99}, new double[] {120, 121.3, 118.8});
            stored(ScoredRuns.at(NOON.plusSeconds(2)).scored("a", 100, 100, 100).against("a", "b", 200, 200, 201));

            var item = calls.get("/api/v1/calibration").at("/items/0");

            assertThat(item.path("engine").asString()).isEqualTo("generator");
            assertThat(item.path("comparisons").asInt()).isEqualTo(2);
            assertThat(item.path("falseAlarms").asInt()).isEqualTo(1);
            assertThat(item.path("falseAlarmRate").asDouble()).isEqualTo(0.5);
            assertThat(item.path("falseAlarmRateCi95")).hasSize(2);
            assertThat(item.path("minimumDetectableEffect").asDouble()).isBetween(0.0, 0.05);
            assertThat(item.path("lastAt").asString()).isEqualTo("2026-01-01T12:00:01.000000Z");
        }

        @Test
        void passesOverVariantsThatDifferOnPurpose() {
            stored(ScoredRuns.at(NOON)
                    .label("suite", "calibration")
                    .scored("a", 100, 101, 99)
                    .workload(Map.of("threads", 4L))
                    .against("a", "b", 200, 201, 199));

            assertThat(calls.get("/api/v1/calibration")
                            .at("/items/0/comparisons")
                            .asInt(-1))
                    .isZero();
        }

        @Test
        void isEmptyBeforeTheFirstCalibration() {
            var none = calls.get("/api/v1/calibration");

            assertThat(none.path("items").isArray()).isTrue();
            assertThat(none.path("items")).isEmpty();
            assertThat(none.path("margin").asDouble()).isEqualTo(0.03);
        }

        @Test
        void saysThatThereIsNoComparisonWithoutThreeForks() {
            aa(0, new double[] {100}, new double[] {100});

            var item = calls.get("/api/v1/calibration?engine=generator").at("/items/0");

            assertThat(item.path("comparisons").asInt()).isZero();
            assertThat(item.path("falseAlarmRate").isNull()).isTrue();
            assertThat(item.path("falseAlarmRateReason").asString()).isEqualTo("NO_COMPARISON");
            assertThat(calls.get("/api/v1/calibration?engine=marc").path("items"))
                    .isEmpty();
        }

        private void aa(int second, double[] a, double[] b) {
            stored(ScoredRuns.at(NOON.plusSeconds(second))
                    .label("suite", "calibration")
                    .scored("a", a)
                    .against("a", "b", b));
        }
    }
}
