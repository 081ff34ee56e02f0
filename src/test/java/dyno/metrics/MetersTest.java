package dyno.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.catalog.EngineCatalog;
import dyno.job.Job;
import dyno.job.JobFinished;
import dyno.job.JobRecovered;
import dyno.job.JobRejected;
import dyno.job.JobStarted;
import dyno.job.JobState;
import dyno.job.JobSubmitted;
import dyno.job.Submission;
import dyno.measurement.Plan.Mode;
import dyno.measurement.Score;
import dyno.result.LatestCases.LatestCase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetersTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry, EngineCatalog.standard(), Set.of("quick"));

    @Test
    void hasEveryCombinationOfLabelsAtZeroFromTheStart() {
        for (var entry : EngineCatalog.standard().entries()) {
            var engine = entry.engine().id();
            assertThat(registry.get("dyno.jobs.submitted").tag("engine", engine).counters())
                    .hasSize(Submission.values().length * Mode.values().length)
                    .allSatisfy(counter -> assertThat(counter.count()).isZero());
            assertThat(registry.get("dyno.jobs.finished").tag("engine", engine).counters())
                    .hasSize(2 * 4);
            assertThat(registry.get("dyno.job.run").tag("engine", engine).timers())
                    .hasSize(2 * 4);
            assertThat(registry.get("dyno.verification").tag("engine", engine).counters())
                    .hasSize(2);
        }
        assertThat(registry.get("dyno.jobs.recovered").counters()).hasSize(JobRecovered.Cause.values().length);
        assertThat(registry.find("dyno.case.score").gauges()).isEmpty();
    }

    @Test
    void showsAgainWhatWasKnownOfSuitesCasesBeforeARestart() {
        var run = MeasuredRuns.run(3, 5);
        var result = run.cases().getFirst();

        meters.restore(List.of(
                new LatestCase("generator", "quick", "chunks", MeasuredRuns.FINISHED, result),
                new LatestCase("generator", "quick", null, MeasuredRuns.FINISHED, result)));

        assertThat(registry.get("dyno.case.score")
                        .tags("engine", "generator", "suite", "quick", "case", "chunks/direct", "unit", "bytes/s")
                        .gauge()
                        .value())
                .isEqualTo(2e9);
        assertThat(registry.get("dyno.case.score.ci.low")
                        .tag("case", "generator/direct")
                        .gauge()
                        .value())
                .isEqualTo(1e9);
        assertThat(registry.get("dyno.case.speedup")
                        .tag("case", "chunks/direct")
                        .gauge()
                        .value())
                .isEqualTo(8.5);
        assertThat(registry.get("dyno.case.last.success.timestamp.seconds")
                        .tag("case", "chunks/direct")
                        .gauge()
                        .value())
                .isEqualTo(MeasuredRuns.FINISHED.getEpochSecond());
        assertThat(registry.get("dyno.verification").counters())
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
    }

    @Test
    void countsWhatWasSubmittedBySourceAndMode() {
        meters.on(new JobSubmitted(job(JobState.QUEUED, Mode.SMOKE, 0), Submission.SUITE));

        assertThat(registry.get("dyno.jobs.submitted")
                        .tags("engine", "generator", "source", "SUITE", "mode", "SMOKE")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void countsRefusalsByReasonAndUnknownReasonsTogether() {
        meters.on(new JobRejected("queue-full"));
        meters.on(new JobRejected("made-up-by-somebody"));
        meters.on(new JobRejected("made-up-by-another"));

        assertThat(registry.get("dyno.jobs.rejected")
                        .tag("reason", "queue-full")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("dyno.jobs.rejected")
                        .tag("reason", "other")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void timesTheWaitOfTheFirstStartOnly() {
        meters.on(new JobStarted(job(JobState.RUNNING, Mode.MEASURE, 1)));
        meters.on(new JobStarted(job(JobState.RUNNING, Mode.MEASURE, 2)));

        var wait =
                registry.get("dyno.job.queue.wait").tag("engine", "generator").timer();
        assertThat(wait.count()).isOne();
        assertThat(wait.totalTime(TimeUnit.SECONDS)).isEqualTo(5);
    }

    @Test
    void timesAJobThatRanAndCountsOneThatNeverDid() {
        meters.on(new JobFinished(job(JobState.FAILED, Mode.MEASURE, 1), null));
        meters.on(new JobFinished(neverStarted(), null));

        assertThat(registry.get("dyno.jobs.finished")
                        .tags("engine", "generator", "outcome", "CANCELLED", "mode", "MEASURE")
                        .counter()
                        .count())
                .isOne();
        assertThat(registry.get("dyno.job.run")
                        .tags("engine", "generator", "outcome", "FAILED", "mode", "MEASURE")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(90);
        assertThat(registry.get("dyno.job.run")
                        .tags("engine", "generator", "outcome", "CANCELLED", "mode", "MEASURE")
                        .timer()
                        .count())
                .isZero();
    }

    @Test
    void countsRecoveriesByCause() {
        meters.on(new JobRecovered(job(JobState.QUEUED, Mode.MEASURE, 1), JobRecovered.Cause.LEASE_EXPIRED));

        assertThat(registry.get("dyno.jobs.recovered")
                        .tag("cause", "LEASE_EXPIRED")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void addsUpIterationsBytesAndVerificationsOfARun() {
        meters.on(new JobFinished(job(JobState.SUCCEEDED, Mode.MEASURE, 1), MeasuredRuns.run(3, 5)));

        assertThat(registry.get("dyno.iteration")
                        .tag("engine", "generator")
                        .timer()
                        .count())
                .isEqualTo(15);
        assertThat(registry.get("dyno.engine.bytes")
                        .tag("engine", "generator")
                        .counter()
                        .count())
                .isEqualTo(15 * 1_024);
        assertThat(registry.get("dyno.engine.items")
                        .tag("engine", "generator")
                        .counter()
                        .count())
                .isEqualTo(15 * 7);
        assertThat(registry.get("dyno.verification")
                        .tags("engine", "generator", "result", "PASSED")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void showsTheFiguresOfASuitesCases() {
        meters.on(new JobFinished(job(JobState.SUCCEEDED, Mode.MEASURE, 1), MeasuredRuns.run(3, 5)));

        assertThat(registry.get("dyno.case.score")
                        .tags("suite", "quick", "case", "fill/direct", "engine", "generator", "unit", "bytes/s")
                        .gauge()
                        .value())
                .isEqualTo(2e9);
        assertThat(registry.get("dyno.case.score.ci.low").gauge().value()).isEqualTo(1e9);
        assertThat(registry.get("dyno.case.score.ci.high").gauge().value()).isEqualTo(3e9);
        assertThat(registry.get("dyno.case.speedup").gauge().value()).isEqualTo(8.5);
        assertThat(registry.get("dyno.case.last.success.timestamp.seconds")
                        .gauge()
                        .value())
                .isEqualTo(MeasuredRuns.FINISHED.getEpochSecond());
    }

    @Test
    void leavesOutJobsThatFailedAndSuitesThatDoNotExist() {
        meters.on(new JobFinished(job(JobState.FAILED, Mode.MEASURE, 1), MeasuredRuns.run(3, 5)));
        meters.on(new JobFinished(job(JobState.SUCCEEDED, Mode.SMOKE, 1), MeasuredRuns.run(1, 1)));
        meters.on(new JobFinished(labelled(Map.of("suite", "made-up", "job", "x")), MeasuredRuns.run(3, 5)));
        meters.on(new JobFinished(labelled(Map.of()), MeasuredRuns.run(3, 5)));

        assertThat(registry.find("dyno.case.score").gauges()).isEmpty();
    }

    @Test
    void putsCasesBeyondTwoHundredIntoOne() {
        for (int i = 0; i < 230; i++) {
            var labels = Map.of("suite", "quick", "job", "job-" + i);
            meters.on(new JobFinished(labelled(labels), MeasuredRuns.run(3, 1)));
        }

        var gauges = registry.get("dyno.case.score").gauges();
        assertThat(gauges).hasSize(SuiteCaseMeters.MAX_CASES + 1);
        assertThat(gauges)
                .filteredOn(gauge -> "other".equals(gauge.getId().getTag("case")))
                .hasSize(1);
    }

    @Test
    void dropsTheSeriesOfACaseWhoseUnitHasChanged() {
        var cases = new SuiteCaseMeters(registry);
        var one = new SuiteCaseMeters.SuiteCase("marc", "quick", "read/direct");

        cases.score(one, score("bytes/s"));
        cases.score(one, score("records/s"));

        assertThat(registry.get("dyno.case.score").gauges())
                .extracting(gauge -> gauge.getId().getTag("unit"))
                .containsExactly("records/s");
    }

    private static Score score(String unit) {
        return new Score(1.0, null, unit, Score.Better.HIGHER, null, "NEEDS_3_FORKS", 1, 1);
    }

    private static Job job(JobState state, Mode mode, int attempt) {
        return job(state, mode, attempt, NOON.plusSeconds(5), Map.of("suite", "quick", "job", "fill"));
    }

    private static Job labelled(Map<String, String> labels) {
        return job(JobState.SUCCEEDED, Mode.MEASURE, 1, NOON.plusSeconds(5), labels);
    }

    private static Job neverStarted() {
        return job(JobState.CANCELLED, Mode.MEASURE, 0, null, Map.of());
    }

    private static Job job(JobState state, Mode mode, int attempt, Instant startedAt, Map<String, String> labels) {
        return new Job(
                UUID.randomUUID(),
                "generator",
                mode,
                state,
                50,
                attempt,
                null,
                1,
                1,
                1,
                List.of(),
                NOON,
                startedAt,
                state.isFinal() ? NOON.plusSeconds(95) : null,
                null,
                null,
                null,
                labels,
                Map.of());
    }
}
