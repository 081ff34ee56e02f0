package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Databases;
import dyno.engine.FailureCode;
import dyno.engine.Verification.Check;
import dyno.environment.Assessment;
import dyno.environment.EnvironmentProbe;
import dyno.fork.ForkOutcome;
import dyno.fork.ForkRequest;
import dyno.fork.TrialHost;
import dyno.job.JobMeasurement.Bench;
import dyno.job.JobRunner.Places;
import dyno.measurement.Stage;
import dyno.result.Failure;
import dyno.result.Run;
import dyno.support.TestFolders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One job from its claim to its stored end, on a real queue; forks answer as each test says.
class JobRunnerIT {

    private static final TestQueue QUEUE = new TestQueue();
    private static final EnvironmentProbe ENVIRONMENT = EnvironmentProbe.ofThisMachine();

    private static final String TWO_VARIANTS = """
            {'engine': 'pump', 'variants': [{'name': 'old', 'workload': {'chunkBytes': 1000}},
                                            {'name': 'new', 'workload': {'chunkBytes': 2000}}],
             'baseline': 'old', 'plan': {'forks': 3, 'iterations': 2}}
            """;

    private final TestQueue queue = QUEUE.emptied();
    private final Path scratch = TestFolders.fresh("scratch");
    private final Path spool = TestFolders.fresh("spool");
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void storesScoresSpeedupsAndFactsOfAJobThatSucceeds() throws Exception {
        var host = FakeHost.ofGoodForks();

        var id = run(TWO_VARIANTS, host);

        assertThat(host.ran).containsExactly("1000/0", "2000/0", "2000/1", "1000/1", "1000/2", "2000/2");
        var job = queue.jobs.require(id);
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.failure()).isNull();
        var run = stored(job);
        assertThat(run.partial()).isFalse();
        assertThat(run.environment().fingerprint()).startsWith("sha256:");
        var fresh = run.cases().get(1);
        assertThat(fresh.score()).isNotNull();
        assertThat(fresh.score().value()).isBetween(100_000.0, 102_000.0);
        assertThat(fresh.speedup()).isNotNull();
        assertThat(fresh.speedup().ratio()).isEqualTo(1.0);
        assertThat(fresh.metrics()).containsEntry("strokes", 10L).containsEntry("leaks", null);
        assertThat(fresh.warnings()).extracting("code").containsExactly("WET");
        assertThat(fresh.forks()).hasSize(3);
        assertThat(run.cases().getFirst().speedupReason()).isEqualTo("IS_BASELINE");
        assertThat(queue.news).extracting(Object::getClass).containsExactly(JobStarted.class, JobFinished.class);
    }

    @Test
    void gradesARunByWhatItSawBeforeAndInEachFork() throws Exception {
        var run = stored(queue.jobs.require(run(TWO_VARIANTS, FakeHost.ofGoodForks())));

        assertThat(looks).hasValue(6);
        assertThat(run.quality().grade()).isNotNull();
        assertThat(run.quality().canary()).isEqualTo(new Assessment.CanaryScore(1e8, "steps/s", 0, 6));
        // Two iterations cannot tell, and a fake fork has no resources.
        assertThat(run.quality().unchecked())
                .contains(
                        new Assessment.Unchecked("NO_STEADY_STATE", "NEEDS_5_SAMPLES"),
                        new Assessment.Unchecked("GC_HEAVY", "NOT_RECORDED"));
        assertThat(run.cases().getFirst().forks())
                .allSatisfy(fork -> assertThat(fork.surroundings()).containsEntry("runnableTasks", 1L));
    }

    @Test
    void looksAtNothingBeforeASmokeForkAndDoesNotGradeIt() throws Exception {
        var run = stored(queue.jobs.require(run(TestQueue.SMOKE, FakeHost.ofGoodForks())));

        assertThat(looks).hasValue(0);
        assertThat(run.quality()).isEqualTo(Run.Quality.ungraded("SMOKE_MODE"));
    }

    @Test
    void warnsWhereAProfileCannotBeHadAndKeepsTheFigures() throws Exception {
        var recorded = new ArrayList<ForkRequest>();
        var host = answering((request, timeout) -> {
            if (request.recording() != null) {
                recorded.add(request);
            }
            return FakeHost.good(request);
        });

        var id = run("{'engine': 'pump', 'plan': {'forks': 2, 'profile': 'JFR'}}", host);

        var run = stored(queue.jobs.require(id));
        assertThat(recorded)
                .singleElement()
                .satisfies(request -> assertThat(request.fork()).isEqualTo(2));
        assertThat(run.cases().getFirst().forks()).hasSize(2);
        assertThat(run.cases().getFirst().warnings()).extracting("code").contains("NO_PROFILE");
        assertThat(run.cases().getFirst().artifacts()).isEmpty();
    }

    @Test
    void tellsFinishedCasesOnceAndWarningsOnce() throws Exception {
        var id = run(TWO_VARIANTS, FakeHost.ofGoodForks());

        var events = queue.events(id);
        assertThat(events.stream().filter(event -> event.startsWith("case "))).hasSize(2);
        assertThat(events.stream().filter(event -> event.startsWith("warning ")))
                .hasSize(1);
        assertThat(events.getLast()).startsWith("end {\"state\":\"SUCCEEDED\",\"runId\":\"");
    }

    @Test
    void tellsProgressWithinAStageAtMostOnceASecond() throws Exception {
        var id = run(TestQueue.SMOKE, (request, listener, timeout) -> {
            for (int i = 0; i < 1_000; i++) {
                listener.at(Stage.MEASURING, i, 1_000);
            }
            return FakeHost.good(request);
        });

        assertThat(queue.events(id).stream().filter(event -> event.startsWith("progress ")))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void lendsACaseTheDatabasesThatItAsksForAndNoOther() throws Exception {
        var lent = new ArrayList<Map<String, String>>();
        var host = answering((request, timeout) -> {
            lent.add(request.secrets());
            return FakeHost.good(request);
        });

        run("{'engine': 'pump', 'matrix': {'reservoir': [null, 'target.archive']}, 'plan': {'forks': 1}}", host);

        assertThat(lent)
                .isEqualTo(List.of(
                        Map.of(),
                        Map.of(
                                "target.archive.url", "jdbc:postgresql://archive",
                                "target.archive.user", "archive-user",
                                "target.archive.password", "archive-password")));
    }

    @Test
    void dropsTheSchemasThatAKilledForkLeft() throws Exception {
        var host = answering((request, timeout) -> {
            var own = Databases.scratchSchema("pump", request.job(), request.attempt(), request.fork());
            var stranger = Databases.scratchSchema("pump", new UUID(0, 99), 2, 0);
            for (var schema : List.of(own, stranger)) {
                queue.jdbc.sql("CREATE SCHEMA IF NOT EXISTS " + schema).update();
            }
            queue.jdbc
                    .sql("CREATE TABLE " + own + ".loaded_user (user_id bigint)")
                    .update();
            return FakeHost.good(request);
        });

        run("{'engine': 'pump', 'plan': {'forks': 2}}", host);

        assertThat(schemas()).containsExactly("dyno_pump_000000000063_0_2");
        new ScratchSchemas(queue.jdbc).sweep();
        assertThat(schemas()).isEmpty();
    }

    @Test
    void sweepsNoSchemaOfAJobThatWaitsOrRuns() {
        var waiting = Databases.scratchSchema("pump", queue.add(TestQueue.SMOKE), 2, 0);
        queue.jdbc.sql("CREATE SCHEMA " + waiting).update();
        new ScratchSchemas(queue.jdbc).sweep();
        assertThat(schemas()).containsExactly(waiting);

        queue.claim("n");
        new ScratchSchemas(queue.jdbc).sweep();
        assertThat(schemas()).containsExactly(waiting);
        queue.jdbc.sql("DROP SCHEMA " + waiting).update();
    }

    /// Of a node that was frozen while another one took its job over.
    @Test
    void leavesItsSchemasToALaterAttempt() {
        var job = queue.add(TestQueue.SMOKE);
        var first = Databases.scratchSchema("pump", job, 1, 0);
        var second = Databases.scratchSchema("pump", job, 2, 0);
        queue.jdbc.sql("CREATE SCHEMA " + first).update();
        queue.jdbc.sql("CREATE SCHEMA " + second).update();

        new ScratchSchemas(queue.jdbc).drop(new Claim(job, "frozen", 1));
        assertThat(schemas()).containsExactly(second);

        queue.jdbc.sql("CREATE SCHEMA " + first).update();
        new ScratchSchemas(queue.jdbc).drop(new Claim(job, "n", 2));
        assertThat(schemas()).isEmpty();
    }

    @Test
    void sweepsKeptSchemasOnceTheirTimeIsOverAndNoEarlier() {
        for (var schema :
                List.of("dyno_agg_late", "dyno_agg_early", "dyno_agg_abcdefabcdef_1", "dyno_agg__0123456789ab_0")) {
            queue.jdbc.sql("CREATE SCHEMA " + schema).update();
        }
        queue.jdbc
                .sql("COMMENT ON SCHEMA dyno_agg_early IS 'kept until 2001-01-01T00:00:00Z'")
                .update();
        queue.jdbc
                .sql("COMMENT ON SCHEMA dyno_agg_late IS 'kept until 2999-01-01T00:00:00Z'")
                .update();
        queue.jdbc
                .sql("COMMENT ON SCHEMA dyno_agg_abcdefabcdef_1 IS 'kept until 2999-01-01T00:00:00Z'")
                .update();
        var schemas = new ScratchSchemas(queue.jdbc);

        schemas.sweep();
        schemas.sweepKept();

        assertThat(schemas()).containsExactly("dyno_agg_abcdefabcdef_1", "dyno_agg_late");
        queue.jdbc.sql("DROP SCHEMA dyno_agg_abcdefabcdef_1").update();
        queue.jdbc.sql("DROP SCHEMA dyno_agg_late").update();
    }

    private List<String> schemas() {
        return queue.jdbc
                .sql("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'dyno%' ORDER BY nspname")
                .query(String.class)
                .list();
    }

    @Test
    void leavesNoScratchBehind() throws Exception {
        run(TWO_VARIANTS, FakeHost.ofGoodForks());

        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void endsACaseWithItsFirstFailedForkAndGoesOnWithTheOthers() throws Exception {
        var host = answering((request, timeout) -> isCase(request, 2000) && request.fork() == 1
                ? FakeHost.failed(FailureCode.OUT_OF_MEMORY)
                : FakeHost.good(request));

        var id = run(TWO_VARIANTS, host);

        assertThat(host.ran).containsExactly("1000/0", "2000/0", "2000/1", "1000/1", "1000/2");
        var job = queue.jobs.require(id);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertFailure(job, FailureCode.OUT_OF_MEMORY, "new");
        var run = stored(job);
        assertThat(run.partial()).isTrue();
        assertThat(run.cases().getFirst().score()).isNotNull();
        var failed = run.cases().get(1);
        assertThat(failed.score()).isNull();
        assertThat(failed.failure()).isNotNull();
        assertThat(failed.forks()).hasSize(1);
        assertThat(failed.speedupReason()).isEqualTo("NO_SCORE");
    }

    @Test
    void takesAFailureThatWasAnnouncedForAFinding() throws Exception {
        var submission = TWO_VARIANTS.replace("'name': 'new',", "'name': 'new', 'mayFail': ['OUT_OF_MEMORY'],");

        var id = run(submission, failing(2000, FailureCode.OUT_OF_MEMORY));

        var job = queue.jobs.require(id);
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(stored(job).partial()).isFalse();
        assertThat(stored(job).cases().get(1).failure()).isNotNull();
    }

    @Test
    void doesNotTakeAnotherFailureForTheOneThatWasAnnounced() throws Exception {
        var submission = TWO_VARIANTS.replace("'name': 'new',", "'name': 'new', 'mayFail': ['OUT_OF_MEMORY'],");

        var id = run(submission, failing(2000, FailureCode.FORK_FAILED));

        assertThat(queue.state(id)).isEqualTo(JobState.FAILED);
    }

    @Test
    void givesAWrongAnswerNoScore() throws Exception {
        var host = answering((request, timeout) -> isCase(request, 2000)
                ? FakeHost.measured(request, FakeHost.DIGEST, Check.failed("same", "byte 7 is 1, not 2"))
                : FakeHost.good(request));

        var id = run(TWO_VARIANTS, host);

        var job = queue.jobs.require(id);
        assertFailure(job, FailureCode.VERIFICATION_FAILED, "new");
        assertThat(job.failure()).extracting(Failure::message).asString().contains("byte 7 is 1, not 2");
        assertThat(stored(job).cases().get(1).score()).isNull();
    }

    @Test
    void putsAWrongAnswerBeforeEveryOtherFailure() throws Exception {
        var host = answering((request, timeout) -> isCase(request, 2000)
                ? FakeHost.measured(request, FakeHost.DIGEST, Check.failed("same", "differs"))
                : FakeHost.failed(FailureCode.FORK_FAILED));

        var id = run(TWO_VARIANTS, host);

        assertFailure(queue.jobs.require(id), FailureCode.VERIFICATION_FAILED, "new");
    }

    @Test
    void failsAllCasesThatShouldAgreeAndDoNot() throws Exception {
        var host = answering((request, timeout) -> FakeHost.measured(
                request, isCase(request, 2000) ? "sha256:" + "cd".repeat(32) : FakeHost.DIGEST, Check.passed("same")));

        var id = run(TWO_VARIANTS.replace("'engine': 'pump',", "'engine': 'pump', 'workload': {'note': 'key'},"), host);

        var job = queue.jobs.require(id);
        assertFailure(job, FailureCode.VERIFICATION_FAILED, "old");
        assertThat(stored(job).cases()).allSatisfy(result -> {
            assertThat(result.score()).isNull();
            assertThat(result.failure()).extracting(Failure::code).isEqualTo(FailureCode.VERIFICATION_FAILED);
        });
    }

    @Test
    void failsAllCasesThatShouldShareAMetricAndDoNot() throws Exception {
        var host = answering((request, timeout) ->
                FakeHost.measured(request, FakeHost.DIGEST, Check.passed("same"), isCase(request, 2000) ? 11 : 10));

        var id = run(TWO_VARIANTS.replace("'engine': 'pump',", "'engine': 'pump', 'workload': {'note': 'key'},"), host);

        var job = queue.jobs.require(id);
        assertFailure(job, FailureCode.VERIFICATION_FAILED, "old");
        assertThat(stored(job).cases()).allSatisfy(result -> {
            assertThat(result.score()).isNull();
            assertThat(result.failure().message()).contains("strokes", "old has", "new has");
        });
    }

    @Test
    void letsCasesDifferThatNeedNotAgree() throws Exception {
        var host = answering((request, timeout) -> FakeHost.measured(
                request, isCase(request, 2000) ? "sha256:" + "cd".repeat(32) : FakeHost.DIGEST, Check.passed("same")));

        assertThat(queue.state(run(TWO_VARIANTS, host))).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void failsACaseWhoseForksDisagree() throws Exception {
        var host = answering((request, timeout) ->
                FakeHost.measured(request, "sha256:" + ("0" + request.fork()).repeat(32), Check.passed("same")));

        var id = run("{'engine': 'pump', 'plan': {'forks': 2}}", host);

        assertFailure(queue.jobs.require(id), FailureCode.VERIFICATION_FAILED, "default");
    }

    @Test
    void endsACaseWhoseTimeIsUp() throws Exception {
        var host = answering((request, timeout) -> {
            assertThat(timeout).isLessThanOrEqualTo(Duration.ofSeconds(10));
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
            return timeout.compareTo(Duration.ofSeconds(6)) < 0
                    ? FakeHost.failed(FailureCode.TIMED_OUT)
                    : FakeHost.good(request);
        });

        var id = run("{'engine': 'pump', 'caseTimeoutSeconds': 10, 'plan': {'forks': 3}}", host);

        var job = queue.jobs.require(id);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertFailure(job, FailureCode.TIMED_OUT, "default");
        assertThat(host.ran).hasSize(2);
        assertThat(job.failure()).extracting(Failure::message).isEqualTo("The case took longer than 10 s");
    }

    @Test
    void storesWhatItHasWhenTheJobsTimeIsUp() throws Exception {
        var host = answering((request, timeout) -> {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(4));
            return FakeHost.good(request);
        });

        var id = run("""
                {'engine': 'pump', 'timeoutSeconds': 10, 'matrix': {'chunkBytes': [1000, 2000]},
                 'plan': {'forks': 2}}
                """, host);

        var job = queue.jobs.require(id);
        assertThat(job.state()).isEqualTo(JobState.TIMED_OUT);
        assertFailure(job, FailureCode.TIMED_OUT, null);
        assertThat(host.ran).containsExactly("1000/0", "2000/0", "2000/1");
        var run = stored(job);
        assertThat(run.partial()).isTrue();
        assertThat(run.cases().get(1).score()).isNotNull();
        assertThat(run.cases().getFirst().failure()).isNotNull();
        assertThat(run.cases().getFirst().forks()).hasSize(1);
    }

    @Test
    void timesOutWhenTheLastForkIsStillRunning() throws Exception {
        var host = answering((request, timeout) -> {
            nanos.addAndGet(timeout.toNanos());
            return FakeHost.failed(FailureCode.TIMED_OUT);
        });

        var id = run("{'engine': 'pump', 'timeoutSeconds': 10, 'plan': {'forks': 1}}", host);

        assertThat(queue.state(id)).isEqualTo(JobState.TIMED_OUT);
    }

    @Test
    void saysWhatAnEngineBrokeWithoutARun() throws Exception {
        var host = answering((request, timeout) -> {
            throw new IllegalStateException("a defect");
        });

        var id = run(TestQueue.SMOKE, host);

        var job = queue.jobs.require(id);
        assertFailure(job, FailureCode.ENGINE_ERROR, null);
        assertThat(job.runId()).isNull();
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void storesNothingOfAJobThatIsCancelledMeanwhile() throws Exception {
        var cancelled = new AtomicBoolean();
        var host = answering((request, timeout) -> {
            cancelled.set(queue.jobs.cancel(only(), TestQueue.NOON));
            return FakeHost.good(request);
        });

        var id = run(TestQueue.SMOKE, host);

        assertThat(cancelled).isTrue();
        assertThat(queue.state(id)).isEqualTo(JobState.CANCELLED);
        assertThat(queue.runsOf(id)).isZero();
        assertThat(queue.news).extracting(Object::getClass).containsExactly(JobStarted.class);
    }

    @Test
    void givesTheJobBackWhenItsNodeStops() throws Exception {
        var id = queue.add(TestQueue.SMOKE);
        var host = FakeHost.ofGoodForks().hanging();
        var running = new RunningJob(queue.jobs.require(id), queue.claim("n"));
        var thread = Thread.ofPlatform().start(() -> run(running, host));
        host.begun.acquire();

        running.giveUp(RunningJob.Unwanted.STOPPING);
        thread.join();

        assertThat(queue.state(id)).isEqualTo(JobState.QUEUED);
        assertThat(queue.jobs.require(id).attempt()).isZero();
        assertThat(scratch).isEmptyDirectory();
        assertThat(queue.news).last().isInstanceOf(JobRecovered.class);
    }

    @Test
    void storesTheEndOfAJobThatWasPutBackWhileTheDatabaseWasAway() throws Exception {
        var id = queue.add(TestQueue.MEASURE);
        var running = lost(id);

        end(running, id, 1);

        assertThat(queue.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(queue.runsOf(id)).isEqualTo(1);
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void leavesTheEndOfALostJobInTheSpoolWhereTheDatabaseGoesAwayOnceMore() throws Exception {
        var id = queue.add(TestQueue.MEASURE);
        var running = lost(id);

        end(running, id, 2);
        assertThat(queue.state(id)).isEqualTo(JobState.QUEUED);
        assertThat(spool).isNotEmptyDirectory();

        new JobEnds(queue.node, new Spool(spool)).storeSpooled();
        assertThat(queue.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void dropsTheEndOfALostJobThatAnotherNodeHasBegun() throws Exception {
        var id = queue.add(TestQueue.MEASURE);
        var running = lost(id);
        queue.claim("other");

        end(running, id, 1);

        assertThat(queue.state(id)).isEqualTo(JobState.RUNNING);
        assertThat(queue.runsOf(id)).isZero();
        assertThat(spool).isEmptyDirectory();
    }

    private RunningJob lost(UUID id) {
        var running = new RunningJob(queue.jobs.require(id), queue.claim("n"));
        queue.letLeaseExpire(id);
        queue.claims.recoverExpired(Set.of(), TestQueue.NOON);
        running.giveUp(RunningJob.Unwanted.LOST);
        return running;
    }

    /// Stores the end, in a thread that finds the database away as often as is said.
    private void end(RunningJob running, UUID id, int refusals) throws InterruptedException {
        queue.database.refuseJobs(refusals);
        var ends = new JobEnds(queue.node, new Spool(spool));
        var thread = Thread.ofPlatform().name("dyno-job-" + id).start(() -> {
            try {
                ends.store(running, TestQueue.success(id), List.of());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.join();
        queue.database.refuseJobs(0);
    }

    @Test
    void asksForShortVerificationInSmokeJobsOnly() throws Exception {
        var depths = new ArrayList<String>();
        var host = answering((request, timeout) -> {
            depths.add(request.depth().name());
            return FakeHost.good(request);
        });

        run(TestQueue.SMOKE, host);
        run(TestQueue.MEASURE, host);

        assertThat(depths).containsExactly("SHORT", "FULL");
    }

    private static FakeHost answering(BiFunction<ForkRequest, Duration, ForkOutcome> answers) {
        return new FakeHost(answers);
    }

    private static FakeHost failing(long chunkBytes, FailureCode code) {
        return new FakeHost(
                (request, timeout) -> isCase(request, chunkBytes) ? FakeHost.failed(code) : FakeHost.good(request));
    }

    private static boolean isCase(ForkRequest request, long chunkBytes) {
        return request.workload().get("chunkBytes").equals(chunkBytes);
    }

    private UUID only() {
        return queue.jdbc.sql("SELECT id FROM job").query(UUID.class).single();
    }

    private Run stored(Job job) {
        return queue.results.find(job.runId(), true).orElseThrow();
    }

    private static void assertFailure(Job job, FailureCode code, @Nullable String caseName) {
        assertThat(job.failure()).isNotNull();
        assertThat(job.failure().code()).isEqualTo(code);
        assertThat(job.failure().caseName()).isEqualTo(caseName);
    }

    private UUID run(String submission, TrialHost host) {
        var id = queue.add(submission);
        run(new RunningJob(queue.jobs.require(id), queue.claim("n")), host);
        return id;
    }

    private void run(RunningJob running, TrialHost host) {
        var ends = new JobEnds(queue.node, new Spool(spool));
        var bench = new Bench(
                host,
                host,
                Submissions.MACHINE,
                scratch.resolveSibling("cache"),
                Submissions.DATABASES,
                dataset -> Optional.empty(),
                () -> looks.getAndIncrement() < 0 ? Map.of() : Map.of("canaryScore", 1e8, "runnableTasks", 1L),
                nanos::get);
        try {
            new JobRunner(
                            Submissions.CATALOG,
                            ENVIRONMENT,
                            queue.node,
                            new Places(
                                    bench,
                                    scratch,
                                    new ScratchSchemas(queue.jdbc),
                                    ends,
                                    queue.files(scratch.resolveSibling("data"))))
                    .run(running, () -> {});
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
