package dyno.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dyno.environment.Assessment.Unchecked;
import dyno.environment.Environment.Fact;
import dyno.environment.Grading.CaseFacts;
import dyno.environment.Grading.ForkFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradingTest {

    private final Map<String, Fact> facts =
            new HashMap<>(Map.of("threads", Fact.of(8L), "governor", Fact.of("performance")));
    private final Map<String, @Nullable Object> resources = new HashMap<>(Map.of(
            "stealSeconds", 0.0,
            "gcSeconds", 0.0,
            "cpuSeconds", 1.0,
            "involuntarySwitches", 10L,
            "frequencyLowMHz", 3_000.0,
            "frequencyHighMHz", 3_000.0));
    private final Map<String, @Nullable Object> surroundings = new HashMap<>(Map.of(
            "canaryScore", 1e8,
            "runnableTasks", 0L,
            "cpuPressure", 0.0,
            "memoryPressure", 0.0,
            "ioPressure", 0.0));
    private @Nullable Double betweenForks = 0.01;
    private int forks = 3;

    @Test
    void givesAnAWhereEverythingWasLookedAtAndNothingFound() {
        var assessment = assess();

        assertThat(assessment.grade()).isEqualTo(Grade.A);
        assertThat(assessment.findings()).isEmpty();
        assertThat(assessment.unchecked()).isEmpty();
        assertThat(assessment.canary()).isEqualTo(new Assessment.CanaryScore(1e8, "steps/s", 0, 3));
    }

    // One timed second on eight processors.
    @ParameterizedTest
    @CsvSource({
        "stealSeconds, 0.08, A",
        "stealSeconds, 0.09, B",
        "stealSeconds, 0.41, C",
        "stealSeconds, 1.3, D",
        "gcSeconds, 0.05, A",
        "gcSeconds, 0.06, B",
        "gcSeconds, 0.21, C",
        "gcSeconds, 0.51, D",
        "involuntarySwitches, 100, A",
        "involuntarySwitches, 101, B",
        "involuntarySwitches, 9000, C",
        "frequencyHighMHz, 3080, A",
        "frequencyHighMHz, 3100, B",
        "frequencyHighMHz, 3400, C",
        "frequencyHighMHz, 3800, D"
    })
    void gradesWhatTheTimedRegionSaw(String resource, double value, Grade grade) {
        resources.put(resource, value);

        assertThat(assess().grade()).isEqualTo(grade);
    }

    @ParameterizedTest
    @CsvSource({
        "runnableTasks, 2, A",
        "runnableTasks, 3, B",
        "runnableTasks, 5, C",
        "runnableTasks, 9, D",
        "cpuPressure, 0.2, B",
        "memoryPressure, 0.06, C",
        "ioPressure, 0.7, D"
    })
    void gradesWhatTheLooksBeforeForksSaw(String figure, double value, Grade grade) {
        surroundings.put(figure, value);

        assertThat(assess().grade()).isEqualTo(grade);
    }

    @Test
    void saysWhereAndHowMuchInEachWarning() {
        resources.put("stealSeconds", 0.8);

        assertThat(assess().findings())
                .containsExactly(new QualityFinding(
                        "STEAL",
                        Grade.C,
                        0.1,
                        0.05,
                        "direct",
                        0,
                        "share of the processors' time stolen in a timed region: 0.1000, more than 0.05000 in fork 0"
                                + " of case direct"));
    }

    @Test
    void leavesUncheckedWhatAMachineDoesNotTellAndSaysWhy() {
        facts.put("governor", Fact.unknown("NO_CPUFREQ"));
        resources.put("frequencyLowMHz", null);
        resources.put("frequencyLowMHzReason", "NO_CPUFREQ");
        surroundings.put("cpuPressure", null);
        surroundings.put("cpuPressureReason", "NO_PRESSURE_ACCOUNTING");
        betweenForks = null;

        var assessment = assess();

        assertThat(assessment.grade()).isEqualTo(Grade.A);
        assertThat(assessment.unchecked())
                .containsExactly(
                        new Unchecked("CPU_PRESSURE", "NO_PRESSURE_ACCOUNTING"),
                        new Unchecked("FREQUENCY_CHANGED", "NO_CPUFREQ"),
                        new Unchecked("UNSTABLE_FORKS", "NEEDS_2_FORKS"),
                        new Unchecked("GOVERNOR", "NO_CPUFREQ"));
    }

    @ParameterizedTest
    @CsvSource({"2, B", "3, A"})
    void wantsThreeForks(int count, Grade grade) {
        forks = count;

        assertThat(assess().grade()).isEqualTo(grade);
    }

    @ParameterizedTest
    @CsvSource({"1, C", "2, B", "3, B", "4, A"})
    void wantsProcessorsForTheJvmsOwnThreads(long count, Grade grade) {
        facts.put("threads", Fact.of(count));

        assertThat(assess().grade()).isEqualTo(grade);
    }

    @Test
    void countsOnlyProcessorsThatLimitsLeave() {
        facts.put("cpusAllowed", Fact.of("0-2"));
        assertThat(assess().grade()).isEqualTo(Grade.B);

        facts.put("cpuQuota", Fact.of(1.5));
        assertThat(assess().grade()).isEqualTo(Grade.C);
    }

    @Test
    void warnsOfAGovernorThatSavesPower() {
        facts.put("governor", Fact.of("powersave"));

        assertThat(assess().findings())
                .extracting(QualityFinding::code, QualityFinding::value)
                .containsExactly(tuple("GOVERNOR", "powersave"));
    }

    @Test
    void comparesTheCanariesOfTheWholeRun() {
        // Quartiles of type 7 lie on the second and the fourth of five.
        var assessment = assess(canaries(0.5e8, 0.8e8, 0.9e8, 1e8, 1.5e8));

        assertThat(assessment.canary()).isEqualTo(new Assessment.CanaryScore(0.9e8, "steps/s", 0.25, 5));
        assertThat(assessment.findings()).extracting(QualityFinding::code).containsExactly("UNSTEADY_HOST");
        assertThat(assessment.grade()).isEqualTo(Grade.C);
    }

    @Test
    void takesNoHostForUnsteadyWhoseLooksMetOneNeighbour() {
        assertThat(assess(canaries(1e8, 1e8, 1e8, 0.3e8, 1e8, 1e8, 1e8)).grade())
                .isEqualTo(Grade.A);
    }

    @Test
    void takesNoHostForUnsteadyBecauseItWasLookedAtMoreOften() {
        var few = canaries(0.97e8, 0.98e8, 0.99e8, 1e8);
        var many = canaries(
                IntStream.range(0, 30).mapToDouble(i -> (97 + i % 4) * 1e6).toArray());

        assertThat(spread(many)).isBetween(spread(few), 0.03);
        assertThat(assess(many).grade()).isEqualTo(Grade.A);
    }

    @ParameterizedTest
    @CsvSource({"0, A", "1, B", "2, C", "3, C"})
    void countsForksWithoutASteadyState(int restless, Grade grade) {
        var found = IntStream.range(0, 3).mapToObj(i -> fork(i, i >= restless)).toList();

        assertThat(assess(List.of(new CaseFacts("direct", 0.01, null, found))).grade())
                .isEqualTo(grade);
    }

    @Test
    void hasTheLimitsThatItsDocumentationHas() throws Exception {
        var text = Files.readString(Path.of("docs/measurement.md"));
        var number = new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT));

        for (var rule : QualityRule.values()) {
            var row = text.lines()
                    .filter(line -> line.startsWith("| `" + rule.name() + "` |"))
                    .findFirst()
                    .orElseThrow();
            var limits = Stream.of(Grade.B, Grade.C, Grade.D)
                    .map(rule::limitBetterThan)
                    .filter(limit -> !limit.isNaN())
                    .map(number::format)
                    .toList();
            if (rule != QualityRule.GOVERNOR) {
                assertThat(row.replaceAll("^[^|]*\\|[^|]*\\|[^|]*\\|", "")
                                .replaceAll("[^0-9. ]", "")
                                .strip()
                                .split("\\s+", -1))
                        .as(rule.name())
                        .containsExactlyElementsOf(limits);
            }
        }
    }

    private List<CaseFacts> canaries(double... scores) {
        var found = new ArrayList<ForkFacts>();
        for (int i = 0; i < scores.length; i++) {
            surroundings.put("canaryScore", scores[i]);
            found.add(fork(i, true));
        }
        return List.of(new CaseFacts("direct", 0.01, null, found));
    }

    private double spread(List<CaseFacts> cases) {
        return Objects.requireNonNull(assess(cases).canary()).spread();
    }

    private Assessment assess() {
        var found = IntStream.range(0, forks).mapToObj(i -> fork(i, true)).toList();
        return assess(
                List.of(new CaseFacts("direct", betweenForks, betweenForks == null ? "NEEDS_2_FORKS" : null, found)));
    }

    private Assessment assess(List<CaseFacts> cases) {
        return Grading.assess(new Environment("sha256:00", facts), cases);
    }

    private ForkFacts fork(int index, boolean steady) {
        return new ForkFacts(index, 1.0, new HashMap<>(surroundings), new HashMap<>(resources), steady, null);
    }
}
