package dyno.measurement;

import dyno.measurement.Power.ForkSpread;
import dyno.measurement.Score.Better;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether cases became better or worse, and how sure that is. See `docs/measurement.md`, Comparing.
///
/// The unit of replication is the fork. Iterations are never pooled: with no real difference that calls a
/// regression half of the time.
public final class Comparison {

    /// Differences up to this do not matter, unless somebody says otherwise.
    public static final double DEFAULT_MARGIN = 0.03;

    static final String NEEDS_3_FORKS = CaseStatistics.NEEDS_3_FORKS;
    static final String NO_SCORE = "NO_SCORE";
    static final String MORE_THAN_10000 = "MORE_THAN_10000";

    /// Share of false ones among the differences that are called real.
    private static final double FALSE_DISCOVERIES = 0.05;

    /// Two one-sided tests at 5 % are a two-sided interval of this confidence.
    private static final double EQUIVALENCE_CONFIDENCE = 0.90;

    private final double margin;

    /// @param margin δ, above 0: effects up to it do not matter
    public Comparison(double margin) {
        this.margin = margin;
    }

    /// The two sides of a case.
    ///
    /// @param baselineLogs  logarithm of each fork's median, or of the score alone where nothing else is
    ///                      known;
    ///                      empty where there is no score
    /// @param candidateLogs likewise
    /// @param isPaired      whether fork i of one side ran next to fork i of the other, as in one job
    /// @param better        which way is better
    @SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
    public record Sides(double[] baselineLogs, double[] candidateLogs, boolean isPaired, Better better) {}

    /// What is known of a case. Each null has its reason.
    ///
    /// @param verdict                 see [Verdict]
    /// @param effect                  candidate over baseline less 1, in the score's own unit: 0.05 is
    ///                                5 % more
    /// @param ci95                    95 % interval of the effect
    /// @param pValue                  raw
    /// @param adjustedP               over the cases compared at once, see [FalseDiscovery]
    /// @param minimumDetectableEffect the least effect that these forks would have shown in four of
    ///                                five comparisons
    /// @param forksNeeded             forks a side that would show an effect of the margin as often
    public record Finding(
            Verdict verdict,
            @Nullable Double effect,
            @Nullable String effectReason,
            @Nullable Interval ci95,
            @Nullable String ci95Reason,
            @Nullable Double pValue,
            @Nullable String pValueReason,
            @Nullable Double adjustedP,
            @Nullable String adjustedPReason,
            @Nullable Double minimumDetectableEffect,
            @Nullable String minimumDetectableEffectReason,
            @Nullable Integer forksNeeded,
            @Nullable String forksNeededReason) {

        /// Nothing is known of it.
        public static Finding none(Verdict verdict, String reason) {
            return of(verdict, null, reason);
        }

        private static Finding of(Verdict verdict, @Nullable Double effect, String reason) {
            return new Finding(
                    verdict,
                    effect,
                    effect == null ? reason : null,
                    null,
                    reason,
                    null,
                    reason,
                    null,
                    reason,
                    null,
                    reason,
                    null,
                    reason);
        }
    }

    /// Compares cases at once; their p-values are adjusted together.
    ///
    /// @return in the order of `cases`
    public List<Finding> compare(List<Sides> cases) {
        var estimates = cases.stream().map(Comparison::estimate).toList();
        var tested = estimates.stream().filter(Estimate::isTested).toList();
        var adjusted = FalseDiscovery.adjusted(
                tested.stream().mapToDouble(Estimate::pValue).toArray());
        var findings = new ArrayList<Finding>(cases.size());
        int next = 0;
        for (var estimate : estimates) {
            findings.add(estimate.isTested() ? finding(estimate, adjusted[next++]) : insufficient(estimate.sides()));
        }
        return List.copyOf(findings);
    }

    private record Estimate(Sides sides, @Nullable LogRatio ratio) {

        boolean isTested() {
            return ratio != null;
        }

        LogRatio tested() {
            if (ratio == null) {
                throw new IllegalStateException("There is nothing to test");
            }
            return ratio;
        }

        double pValue() {
            return tested().pValue();
        }
    }

    private static Estimate estimate(Sides sides) {
        var from = sides.baselineLogs();
        var to = sides.candidateLogs();
        if (Math.min(from.length, to.length) < CaseStatistics.FORKS_FOR_INTERVAL) {
            return new Estimate(sides, null);
        }
        return new Estimate(sides, isPaired(sides) ? LogRatio.paired(from, to) : LogRatio.welch(from, to));
    }

    /// Forks that have no partner cannot be paired.
    private static boolean isPaired(Sides sides) {
        return sides.isPaired() && sides.baselineLogs().length == sides.candidateLogs().length;
    }

    private static Finding insufficient(Sides sides) {
        var from = sides.baselineLogs();
        var to = sides.candidateLogs();
        if (from.length == 0 || to.length == 0) {
            return Finding.none(Verdict.INSUFFICIENT_DATA, NO_SCORE);
        }
        double effect = Math.expm1(LogRatio.mean(to) - LogRatio.mean(from));
        return Finding.of(Verdict.INSUFFICIENT_DATA, effect, NEEDS_3_FORKS);
    }

    private Finding finding(Estimate estimate, double adjustedP) {
        var ratio = estimate.tested();
        var forksNeeded = Power.forksNeeded(spread(estimate.sides()), margin);
        return new Finding(
                verdict(estimate, adjustedP),
                ratio.ratio() - 1,
                null,
                effects(ratio.interval(CaseStatistics.CONFIDENCE)),
                null,
                ratio.pValue(),
                null,
                adjustedP,
                null,
                Power.minimumDetectableEffect(ratio),
                null,
                forksNeeded.isPresent() ? forksNeeded.getAsInt() : null,
                forksNeeded.isPresent() ? null : MORE_THAN_10000);
    }

    private static ForkSpread spread(Sides sides) {
        return isPaired(sides)
                ? ForkSpread.paired(sides.baselineLogs(), sides.candidateLogs())
                : ForkSpread.independent(sides.baselineLogs(), sides.candidateLogs());
    }

    private Verdict verdict(Estimate estimate, double adjustedP) {
        var ratio = estimate.tested();
        double effect = ratio.ratio() - 1;
        var likely = effects(ratio.interval(CaseStatistics.CONFIDENCE));
        boolean isReal = adjustedP <= FALSE_DISCOVERIES && (likely.low() > 0 || likely.high() < 0);
        if (isReal && Math.abs(effect) > margin) {
            boolean isMore = effect > 0;
            return isMore == (estimate.sides().better() == Better.HIGHER) ? Verdict.IMPROVEMENT : Verdict.REGRESSION;
        }
        var equivalence = effects(ratio.interval(EQUIVALENCE_CONFIDENCE));
        return equivalence.low() >= -margin && equivalence.high() <= margin ? Verdict.EQUIVALENT : Verdict.INCONCLUSIVE;
    }

    private static Interval effects(Interval ratios) {
        return new Interval(ratios.low() - 1, ratios.high() - 1);
    }

    /// What all cases together say: a regression anywhere is one; what cannot be said of one case
    /// cannot be said of all. Cases that cannot be compared do not count beside others.
    ///
    /// @param verdicts of the cases
    public static Verdict overall(List<Verdict> verdicts) {
        var compared = verdicts.stream()
                .filter(verdict -> verdict != Verdict.INCOMPARABLE)
                .toList();
        if (compared.isEmpty()) {
            return Verdict.INCOMPARABLE;
        }
        return List.of(
                        Verdict.REGRESSION,
                        Verdict.INSUFFICIENT_DATA,
                        Verdict.INCONCLUSIVE,
                        Verdict.IMPROVEMENT,
                        Verdict.EQUIVALENT)
                .stream()
                .filter(compared::contains)
                .findFirst()
                .orElseThrow();
    }
}
