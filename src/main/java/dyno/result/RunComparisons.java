package dyno.result;

import dyno.measurement.Comparison;
import dyno.measurement.Comparison.Finding;
import dyno.measurement.Verdict;
import dyno.result.CasePairs.Pair;
import dyno.result.RunComparison.ComparedCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Compares runs that were read with their samples. Stateless.
final class RunComparisons {

    private RunComparisons() {}

    /// Candidate against baseline, case by case of one name.
    static RunComparison compare(Run baseline, Run candidate, double margin) {
        boolean comparable = baseline.engine().equals(candidate.engine())
                && baseline.environment()
                        .fingerprint()
                        .equals(candidate.environment().fingerprint());
        return comparison(baseline, candidate, comparable, CasePairs.ofTwoRuns(baseline, candidate), margin);
    }

    /// The variants of one job against its baseline variant: fork i against fork i, which ran next to
    /// each other.
    ///
    /// @return without cases where the job named no baseline
    static RunComparison withinRun(Run run, double margin) {
        return comparison(run, run, true, CasePairs.withinRun(run), margin);
    }

    private static RunComparison comparison(
            Run baseline, Run candidate, boolean comparable, List<Pair> pairs, double margin) {
        var sides = pairs.stream()
                .filter(pair -> pair.reason() == null)
                .map(Pair::sides)
                .toList();
        var findings = new Comparison(margin).compare(sides).iterator();
        var cases = new ArrayList<ComparedCase>();
        for (var pair : pairs) {
            var reason = pair.reason();
            cases.add(compared(pair, reason == null ? findings.next() : Finding.none(Verdict.INCOMPARABLE, reason)));
        }
        var verdicts =
                cases.stream().map(compared -> compared.finding().verdict()).toList();
        return new RunComparison(
                ComparedRun.of(baseline),
                ComparedRun.of(candidate),
                comparable,
                differences(baseline, candidate),
                List.copyOf(cases),
                Comparison.overall(verdicts),
                margin);
    }

    private static List<Difference> differences(Run baseline, Run candidate) {
        var differences = new ArrayList<Difference>();
        if (!baseline.engine().equals(candidate.engine())) {
            differences.add(new Difference("engine", baseline.engine(), candidate.engine()));
        }
        differences.addAll(Difference.ofEnvironments(baseline, candidate));
        return List.copyOf(differences);
    }

    private static ComparedCase compared(Pair pair, Finding finding) {
        var from = pair.baseline();
        var to = pair.candidate();
        var differences = new ArrayList<Difference>();
        if (from != null && to != null) {
            differences.addAll(Difference.ofWorkloads(from, to));
            differences.addAll(Difference.ofJvmFlags(from, to));
        }
        return new ComparedCase(
                pair.name(),
                from == null || from.name().equals(pair.name()) ? null : from.name(),
                unit(to == null ? from : to),
                finding,
                pair.reason(),
                from == null || to == null ? null : ResourceDeltas.of(from, to),
                List.copyOf(differences));
    }

    private static @Nullable String unit(@Nullable CaseResult result) {
        var score = Objects.requireNonNull(result).score();
        return score == null ? null : score.unit();
    }
}
