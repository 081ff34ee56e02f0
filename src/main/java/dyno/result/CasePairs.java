package dyno.result;

import dyno.measurement.Comparison.Sides;
import dyno.measurement.ForkMedians;
import dyno.measurement.Score;
import dyno.measurement.Score.Better;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which cases of two runs belong together, and whether they measured the same thing.
final class CasePairs {

    static final String NOT_IN_BASELINE = "NOT_IN_BASELINE";
    static final String NOT_IN_CANDIDATE = "NOT_IN_CANDIDATE";
    static final String ENGINES_DIFFER = "ENGINES_DIFFER";
    static final String ENVIRONMENTS_DIFFER = "ENVIRONMENTS_DIFFER";
    static final String WORKLOADS_DIFFER = "WORKLOADS_DIFFER";
    static final String INPUTS_DIFFER = "INPUTS_DIFFER";
    static final String UNITS_DIFFER = "UNITS_DIFFER";

    /// Of [CaseResult#speedupReason].
    private static final String IS_BASELINE = "IS_BASELINE";

    private static final String NO_SCORE = "NO_SCORE";

    /// @param isPaired whether both ran in one job, their forks next to each other
    /// @param reason   why they cannot be compared; null where they can
    record Pair(
            String name,
            @Nullable CaseResult baseline,
            @Nullable CaseResult candidate,
            boolean isPaired,
            @Nullable String reason) {

        /// Only where there is no reason against it.
        Sides sides() {
            var from = Objects.requireNonNull(baseline);
            var to = Objects.requireNonNull(candidate);
            // Where both have a score they agree, and where one has none nothing is better.
            var better = to.score() == null ? Better.HIGHER : to.score().better();
            return isScoreAlone(from) || isScoreAlone(to)
                    ? new Sides(scoreLog(from), scoreLog(to), isPaired, better)
                    : new Sides(logs(from), logs(to), isPaired, better);
        }

        /// Imports may have nothing but a score: that says how far they are apart, and not how surely.
        private static boolean isScoreAlone(CaseResult result) {
            return hasScore(result) && (result.forks() == null || result.forks().isEmpty());
        }

        private static double[] scoreLog(CaseResult result) {
            var score = result.score();
            return score == null || score.value() == null || score.value() <= 0
                    ? new double[0]
                    : new double[] {Math.log(score.value())};
        }

        private static double[] logs(CaseResult result) {
            var score = result.score();
            if (score == null || score.value() == null || result.forks() == null) {
                return new double[0];
            }
            return ForkMedians.logsOf(score.unit(), score.better(), result.forks());
        }
    }

    private CasePairs() {}

    /// Cases of one name, those that only one side has included.
    static List<Pair> ofTwoRuns(Run baseline, Run candidate) {
        var before = baseline.cases().stream()
                .collect(Collectors.toMap(CaseResult::name, result -> result, (a, b) -> a, LinkedHashMap::new));
        var pairs = new ArrayList<Pair>();
        for (var after : candidate.cases()) {
            var from = before.remove(after.name());
            pairs.add(new Pair(after.name(), from, after, false, reason(baseline, candidate, from, after)));
        }
        before.forEach((name, from) -> pairs.add(new Pair(name, from, null, false, NOT_IN_CANDIDATE)));
        return List.copyOf(pairs);
    }

    private static @Nullable String reason(Run baseline, Run candidate, @Nullable CaseResult from, CaseResult to) {
        if (from == null) {
            return NOT_IN_BASELINE;
        }
        if (!baseline.engine().equals(candidate.engine())) {
            return ENGINES_DIFFER;
        }
        if (!baseline.environment().fingerprint().equals(candidate.environment().fingerprint())) {
            return ENVIRONMENTS_DIFFER;
        }
        if (!Difference.ofWorkloads(from, to).isEmpty()) {
            return WORKLOADS_DIFFER;
        }
        // A case that failed may not have come as far as its input. It has no score, which is what there is to say:
        // cases that cannot be compared do not count, and one that is lost has to.
        if (hasScore(from) && hasScore(to) && !Objects.equals(inputDigest(from), inputDigest(to))) {
            return INPUTS_DIFFER;
        }
        return unitsDiffer(from, to) ? UNITS_DIFFER : null;
    }

    /// Cases of one run with the baseline variant's case of the same matrix values: workloads differ
    /// on purpose.
    static List<Pair> withinRun(Run run) {
        var pairs = new ArrayList<Pair>();
        for (var result : run.cases()) {
            baselineOf(result, run)
                    .ifPresent(from -> pairs.add(new Pair(
                            result.name(), from, result, true, unitsDiffer(from, result) ? UNITS_DIFFER : null)));
        }
        return List.copyOf(pairs);
    }

    private static Optional<CaseResult> baselineOf(CaseResult result, Run run) {
        var speedup = result.speedup();
        if (speedup != null) {
            var name = speedup.baseline();
            return run.cases().stream()
                    .filter(other -> other.name().equals(name))
                    .findFirst();
        }
        // A case that was lost has to count, and names no baseline.
        return NO_SCORE.equals(result.speedupReason())
                ? run.cases().stream()
                        .filter(other -> IS_BASELINE.equals(other.speedupReason())
                                && matrixValues(other).equals(matrixValues(result)))
                        .findFirst()
                : Optional.empty();
    }

    /// The name without its variant: `[chunkBytes=4194304]`.
    private static String matrixValues(CaseResult result) {
        int bracket = result.name().indexOf('[');
        return bracket < 0 ? "" : result.name().substring(bracket);
    }

    private static boolean unitsDiffer(CaseResult from, CaseResult to) {
        return from.score() != null && to.score() != null && !unit(from.score()).equals(unit(to.score()));
    }

    private static String unit(Score score) {
        return score.unit() + " " + score.better();
    }

    private static boolean hasScore(CaseResult result) {
        return result.score() != null && result.score().value() != null;
    }

    private static @Nullable String inputDigest(CaseResult result) {
        return result.input() == null ? null : result.input().digest();
    }
}
