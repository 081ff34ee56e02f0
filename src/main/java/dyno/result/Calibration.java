package dyno.result;

import dyno.measurement.Comparison;
import dyno.measurement.Comparison.Finding;
import dyno.measurement.Interval;
import dyno.measurement.Proportion;
import dyno.measurement.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What comparing a case with itself finds: how often it finds a difference that is not there, and how
/// small a difference it would see.
///
/// @param margin δ of the comparisons
/// @param items  by engine and environment, in the order of their newest run
record Calibration(double margin, List<Item> items) {

    /// @param comparisons             with three forks a side or more
    /// @param falseAlarms             of those, how many called a regression or an improvement
    /// @param falseAlarmRate          share; null with `NO_COMPARISON`
    /// @param falseAlarmRateCi95      Wilson's interval of it
    /// @param minimumDetectableEffect median over the comparisons
    /// @param firstAt                 start of the oldest run
    /// @param lastAt                  start of the newest
    record Item(
            String engine,
            String fingerprint,
            int comparisons,
            int falseAlarms,
            @Nullable Double falseAlarmRate,
            @Nullable String falseAlarmRateReason,
            @Nullable Interval falseAlarmRateCi95,
            @Nullable Double minimumDetectableEffect,
            @Nullable String minimumDetectableEffectReason,
            Instant firstAt,
            Instant lastAt) {}

    private static final String NO_COMPARISON = "NO_COMPARISON";

    /// @param runs of jobs with two variants that are the same, newest first, with samples
    static Calibration of(Stream<Run> runs) {
        var groups = new LinkedHashMap<String, Group>();
        runs.forEachOrdered(run -> groups.computeIfAbsent(
                        run.engine() + " " + run.environment().fingerprint(), key -> new Group(run))
                .add(run));
        return new Calibration(
                Comparison.DEFAULT_MARGIN,
                groups.values().stream().map(Group::item).toList());
    }

    /// Runs of an engine on one environment. Used by one thread.
    private static final class Group {

        private final Run newest;
        private final List<Finding> findings = new ArrayList<>();
        private Instant firstAt;

        Group(Run newest) {
            this.newest = newest;
            this.firstAt = newest.startedAt();
        }

        void add(Run run) {
            firstAt = run.startedAt();
            RunComparisons.withinRun(run, Comparison.DEFAULT_MARGIN).cases().stream()
                    .filter(Group::isWithItself)
                    .map(RunComparison.ComparedCase::finding)
                    .filter(finding -> finding.pValue() != null)
                    .forEach(findings::add);
        }

        /// Any job may bear the suite's label: what it changed on purpose is no false alarm.
        private static boolean isWithItself(RunComparison.ComparedCase compared) {
            return compared.differences().stream()
                    .noneMatch(difference -> difference.fact().startsWith(Difference.WORKLOAD));
        }

        Item item() {
            int comparisons = findings.size();
            int falseAlarms = Math.toIntExact(findings.stream()
                    .filter(finding ->
                            finding.verdict() == Verdict.REGRESSION || finding.verdict() == Verdict.IMPROVEMENT)
                    .count());
            boolean isEmpty = comparisons == 0;
            return new Item(
                    newest.engine(),
                    newest.environment().fingerprint(),
                    comparisons,
                    falseAlarms,
                    isEmpty ? null : (double) falseAlarms / comparisons,
                    isEmpty ? NO_COMPARISON : null,
                    isEmpty ? null : Proportion.wilson(falseAlarms, comparisons),
                    isEmpty ? null : medianDetectable(),
                    isEmpty ? NO_COMPARISON : null,
                    firstAt,
                    newest.startedAt());
        }

        private double medianDetectable() {
            var sorted = findings.stream()
                    .mapToDouble(finding -> Objects.requireNonNull(finding.minimumDetectableEffect()))
                    .sorted()
                    .toArray();
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }
    }
}
