package dyno.metrics;

import dyno.engine.InputFacts;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.environment.Environment;
import dyno.measurement.Interval;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Plan;
import dyno.measurement.Plan.Mode;
import dyno.measurement.Sample;
import dyno.measurement.Score;
import dyno.measurement.Speedup;
import dyno.result.CaseResult;
import dyno.result.Run;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/// Runs of one case, for tests.
final class MeasuredRuns {

    static final Instant FINISHED = Instant.parse("2026-01-01T12:01:35Z");

    private MeasuredRuns() {}

    static Run run(int forks, int iterations) {
        return new Run(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "generator",
                Plan.defaults(Mode.MEASURE),
                FINISHED.minusSeconds(90),
                FINISHED,
                Map.of(),
                null,
                false,
                new Environment("sha256:00", Map.of()),
                new Run.Quality(null, "NOT_GRADED", List.of()),
                List.of(result(IntStream.range(0, forks)
                        .mapToObj(fork -> fork(fork, iterations))
                        .toList())));
    }

    private static CaseResult result(List<MeasuredFork> forks) {
        return new CaseResult(
                "direct",
                Map.of(),
                new Score(2e9, null, "bytes/s", Score.Better.HIGHER, new Interval(1e9, 3e9), null, forks.size(), 15),
                new Speedup("legacy", 8.5, null, "NEEDS_3_FORKS"),
                null,
                null,
                null,
                List.of(),
                Map.of(),
                Map.of(),
                null,
                null,
                List.of(),
                Map.of(),
                List.of(),
                null,
                forks);
    }

    private static MeasuredFork fork(int index, int iterations) {
        return new MeasuredFork(
                index,
                1,
                List.of(),
                Collections.nCopies(iterations, new Sample(200_000_000, 1, 7, 1_024)),
                new TrialReport(List.of(), Map.of(), List.of(), Map.of(), InputFacts.none()),
                new Verification(null, "NOT_REPRODUCIBLE", List.of(Check.passed("a"))),
                Map.of());
    }
}
