package dyno.environment;

import dyno.environment.Assessment.CanaryScore;
import dyno.environment.Assessment.Unchecked;
import dyno.environment.Environment.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Grades a run by [QualityRule]. What cannot be looked at lowers no grade, and is said to be unchecked.
public final class Grading {

    /// One fork as grading sees it.
    ///
    /// @param timedSeconds of all its iterations
    /// @param surroundings what [NoiseProbe#look] found before it; empty where nobody looked
    /// @param resources    of the timed region
    /// @param steady       whether its iterations have settled; null where there are too few to tell
    /// @param steadyReason why `steady` is null; null otherwise
    public record ForkFacts(
            int index,
            double timedSeconds,
            Map<String, @Nullable Object> surroundings,
            Map<String, @Nullable Object> resources,
            @Nullable Boolean steady,
            @Nullable String steadyReason) {}

    /// One case that has a result.
    ///
    /// @param betweenForks coefficient of variation of its forks' medians; null with a reason
    public record CaseFacts(
            String name,
            @Nullable Double betweenForks,
            @Nullable String betweenForksReason,
            List<ForkFacts> forks) {}

    private final Environment environment;
    private final List<CaseFacts> cases;
    private final Map<QualityRule, QualityFinding> findings = new EnumMap<>(QualityRule.class);
    private final Map<QualityRule, String> unchecked = new EnumMap<>(QualityRule.class);

    private Grading(Environment environment, List<CaseFacts> cases) {
        this.environment = environment;
        this.cases = cases;
    }

    /// @param cases at least one, each with at least one fork
    public static Assessment assess(Environment environment, List<CaseFacts> cases) {
        var grading = new Grading(environment, cases);
        grading.checkForks();
        grading.checkLooks();
        grading.checkSteadiness();
        grading.checkCases();
        grading.checkMachine();
        var worst = grading.findings.values().stream()
                .map(QualityFinding::grade)
                .max(Comparator.naturalOrder())
                .orElse(Grade.A);
        return new Assessment(
                worst,
                List.copyOf(grading.findings.values()),
                grading.unchecked.entrySet().stream()
                        .map(entry -> new Unchecked(entry.getKey().name(), entry.getValue()))
                        .toList(),
                grading.canary());
    }

    private void checkForks() {
        var processors = processors();
        worstFork(
                QualityRule.STEAL, fork -> perTimedSecond(fork, "stealSeconds").over(processors));
        worstFork(
                QualityRule.FREQUENCY_CHANGED,
                fork -> Reading.of(fork.resources(), "frequencyHighMHz")
                        .over(Reading.of(fork.resources(), "frequencyLowMHz"))
                        .map(ratio -> ratio - 1));
        worstFork(QualityRule.GC_HEAVY, fork -> perTimedSecond(fork, "gcSeconds"));
        worstFork(
                QualityRule.PREEMPTED,
                fork -> Reading.of(fork.resources(), "involuntarySwitches")
                        .over(Reading.of(fork.resources(), "cpuSeconds")));
    }

    private static Reading perTimedSecond(ForkFacts fork, String resource) {
        return Reading.of(fork.resources(), resource).over(Reading.of(fork.timedSeconds()));
    }

    /// Momentary looks: the median over all forks counts, not the one that met a passer-by.
    private void checkLooks() {
        var processors = processors();
        medianOfLooks(QualityRule.LOADED_HOST, "runnableTasks", tasks -> tasks.over(processors));
        medianOfLooks(QualityRule.CPU_PRESSURE, "cpuPressure", Function.identity());
        medianOfLooks(QualityRule.MEMORY_PRESSURE, "memoryPressure", Function.identity());
        medianOfLooks(QualityRule.IO_PRESSURE, "ioPressure", Function.identity());
        var canary = canary();
        add(QualityRule.UNSTEADY_HOST, canary == null ? Reading.absent(null) : Reading.of(canary.spread()));
    }

    private void checkSteadiness() {
        var forks = forks();
        var told = forks.stream().filter(fork -> fork.steady() != null).toList();
        if (told.isEmpty()) {
            add(QualityRule.NO_STEADY_STATE, Reading.absent(forks.getFirst().steadyReason()));
            return;
        }
        long restless = told.stream()
                .filter(fork -> Boolean.FALSE.equals(fork.steady()))
                .count();
        add(QualityRule.NO_STEADY_STATE, Reading.of((double) restless / told.size()));
    }

    private void checkCases() {
        add(
                QualityRule.UNSTABLE_FORKS,
                Reading.worst(cases.stream()
                        .map(one -> (one.betweenForks() == null
                                        ? Reading.absent(one.betweenForksReason())
                                        : Reading.of(one.betweenForks()))
                                .at(one.name(), null))
                        .toList()));
        var fewest = cases.stream()
                .min(Comparator.comparingInt(one -> one.forks().size()))
                .orElseThrow();
        addFew(QualityRule.FEW_FORKS, Reading.of(fewest.forks().size()).at(fewest.name(), null));
    }

    private void checkMachine() {
        addFew(QualityRule.FEW_CPUS, processors().map(this::usable));
        var governor = environment.facts().getOrDefault("governor", Fact.unknown("NOT_RECORDED"));
        if (governor.value() == null) {
            unchecked.put(QualityRule.GOVERNOR, Objects.requireNonNullElse(governor.reason(), "NOT_RECORDED"));
        } else if (!governor.value().equals("performance")) {
            findings.put(
                    QualityRule.GOVERNOR,
                    new QualityFinding(
                            QualityRule.GOVERNOR.name(),
                            Grade.B,
                            governor.value(),
                            "performance",
                            null,
                            null,
                            "frequency governor: " + governor.value() + " instead of performance"));
        }
    }

    /// All processors of the machine: `/proc` counts them all, whatever this JVM may use of them.
    private Reading processors() {
        var threads = environment.facts().getOrDefault("threads", Fact.unknown("NOT_RECORDED"));
        return threads.value() instanceof Number number
                ? Reading.of(number.doubleValue())
                : Reading.absent(threads.reason());
    }

    /// Of all processors, those that limits of this process leave.
    private double usable(double processors) {
        double usable = processors;
        if (environment
                        .facts()
                        .getOrDefault("cpusAllowed", Fact.unknown("NOT_RECORDED"))
                        .value()
                instanceof String list) {
            usable = Math.min(usable, CpuList.parse(list).cardinality());
        }
        if (environment
                        .facts()
                        .getOrDefault("cpuQuota", Fact.unknown("NOT_RECORDED"))
                        .value()
                instanceof Number quota) {
            usable = Math.min(usable, quota.doubleValue());
        }
        return usable;
    }

    private @Nullable CanaryScore canary() {
        var scores = forks().stream()
                .map(fork -> Reading.of(fork.surroundings(), "canaryScore").value())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return scores.length == 0
                ? null
                : new CanaryScore(
                        Reading.median(scores),
                        "steps/s",
                        Reading.quantile(scores, 0.75) / Reading.quantile(scores, 0.25) - 1,
                        scores.length);
    }

    private List<ForkFacts> forks() {
        return cases.stream().flatMap(one -> one.forks().stream()).toList();
    }

    private void worstFork(QualityRule rule, Function<ForkFacts, Reading> reading) {
        var readings = new ArrayList<Reading>();
        for (var one : cases) {
            one.forks().forEach(fork -> readings.add(reading.apply(fork).at(one.name(), fork.index())));
        }
        add(rule, Reading.worst(readings));
    }

    private void medianOfLooks(QualityRule rule, String name, Function<Reading, Reading> change) {
        var readings = forks().stream()
                .map(fork -> change.apply(Reading.of(fork.surroundings(), name)))
                .toList();
        var values = readings.stream()
                .map(Reading::value)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        add(rule, values.length == 0 ? readings.getFirst() : Reading.of(Reading.median(values)));
    }

    private void add(QualityRule rule, Reading reading) {
        if (reading.value() == null) {
            unchecked.put(rule, Objects.requireNonNullElse(reading.reason(), "NOT_RECORDED"));
        } else {
            find(rule, reading, reading.value(), rule.gradeOf(reading.value()), "more than");
        }
    }

    private void addFew(QualityRule rule, Reading reading) {
        if (reading.value() == null) {
            unchecked.put(rule, Objects.requireNonNullElse(reading.reason(), "NOT_RECORDED"));
        } else {
            find(rule, reading, reading.value(), rule.gradeOfFew(reading.value()), "fewer than");
        }
    }

    private void find(QualityRule rule, Reading reading, double value, Grade grade, String relation) {
        if (grade == Grade.A) {
            return;
        }
        double limit = rule.limitBetterThan(grade);
        var place = reading.caseName() == null
                ? ""
                : reading.fork() == null
                        ? " in case " + reading.caseName()
                        : " in fork %d of case %s".formatted(reading.fork(), reading.caseName());
        var detail = String.format(Locale.ROOT, "%s: %.4g, %s %.4g%s", rule.what(), value, relation, limit, place);
        findings.put(
                rule, new QualityFinding(rule.name(), grade, value, limit, reading.caseName(), reading.fork(), detail));
    }
}
