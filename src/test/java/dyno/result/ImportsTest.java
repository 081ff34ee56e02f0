package dyno.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dyno.environment.Environment;
import dyno.measurement.ForeignFigures;
import dyno.measurement.Sample;
import dyno.measurement.Score.Better;
import dyno.result.Run.Quality;
import dyno.web.ProblemException;
import dyno.web.StrictJson;
import dyno.web.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ImportsTest {

    private final JsonNode jmhs = JsonMapper.builder().build().readTree(JmhDocuments.written());
    private final List<CaseResult> imported =
            JmhImport.read(tree(JmhDocuments.written())).cases();

    @Test
    void makesACaseOfEachResultOfJmhs() {
        assertThat(imported).hasSize(jmhs.size());
        assertThat(imported)
                .extracting(CaseResult::name)
                .doesNotHaveDuplicates()
                .contains(
                        "sample.SumBenchmark.sum[mode=thrpt,threads=1,size=100]",
                        "sample.SumBenchmark.sum[mode=avgt,threads=1,size=1000]");
    }

    @Test
    void scoresRawDataAsItsOwn() {
        for (int i = 0; i < jmhs.size(); i++) {
            var raw = jmhs.get(i).at("/primaryMetric/rawData");
            var score = Objects.requireNonNull(imported.get(i).score());
            assertThat(score.unit())
                    .isEqualTo(jmhs.get(i).at("/primaryMetric/scoreUnit").asString());
            assertThat(score.better())
                    .isEqualTo(jmhs.get(i).path("mode").asString().equals("thrpt") ? Better.HIGHER : Better.LOWER);
            if (raw.isArray()) {
                double logs = 0;
                for (var fork : raw) {
                    logs += Math.log(median(fork));
                }
                assertThat(score.value()).isCloseTo(Math.exp(logs / raw.size()), within(1e-9 * score.value()));
                assertThat(score.forks()).isEqualTo(raw.size());
                if (raw.size() < 3) {
                    assertThat(score.ci95Reason()).isEqualTo("NEEDS_3_FORKS");
                } else {
                    assertThat(Objects.requireNonNull(score.ci95()).low()).isLessThan(score.value());
                }
            }
            assertThat(imported.get(i).metrics())
                    .containsEntry(
                            "jmhScore", jmhs.get(i).at("/primaryMetric/score").asDouble())
                    .containsKey("gc.alloc.rate.norm");
        }
    }

    @Test
    void writesWhatItReadBackAsJmhHadIt() {
        var run = Runs.with(Runs.at(Runs.NOON), imported);

        var written = JsonMapper.builder().build().valueToTree(JmhExport.of(run));

        for (int i = 0; i < jmhs.size(); i++) {
            var raw = jmhs.get(i).at("/primaryMetric/rawData");
            var again = written.get(i).at("/primaryMetric/rawData");
            for (int fork = 0; fork < raw.size(); fork++) {
                for (int j = 0; j < raw.get(fork).size(); j++) {
                    double figure = raw.get(fork).get(j).asDouble();
                    assertThat(again.get(fork).get(j).asDouble()).isCloseTo(figure, within(1e-9 * figure));
                }
            }
        }
    }

    @Test
    void writesNullForWhatAnImportDoesNotSayOfItsJvm() {
        var template = Runs.at(Runs.NOON);
        var run = new Run(
                template.id(),
                null,
                RunImports.ENGINE,
                null,
                template.startedAt(),
                template.finishedAt(),
                Map.of(),
                null,
                false,
                true,
                new Environment("sha256:" + "0".repeat(64), Map.of()),
                Quality.ungraded("IMPORTED"),
                imported);

        var written =
                JsonMapper.builder().build().valueToTree(JmhExport.of(run)).get(0);

        assertThat(written.path("jmhVersion").asString()).isEqualTo("1.37 (Dyno)");
        assertThat(List.of("jdkVersion", "vmName", "vmVersion"))
                .allMatch(name -> written.path(name).isNull());
    }

    @Test
    void takesTheMeanOfAHistogramAsAnIterationsFigure() {
        var document = """
                [{"benchmark": "b", "mode": "sample", "threads": 2, "forks": 1,
                  "primaryMetric": {"score": 3.0, "scoreError": "NaN", "scoreUnit": "us/op",
                                    "rawDataHistogram": [[[[1.0, 3], [5.0, 1]], [[4.0, 2]]]]}}]""";

        var one = JmhImport.read(tree(document)).cases().getFirst();

        assertThat(Objects.requireNonNull(one.score()).value()).isCloseTo(3.0, within(1e-12));
        var samples = Objects.requireNonNull(one.forks()).getFirst().samples();
        assertThat(samples).hasSize(2);
        assertThat(seconds(samples.getFirst())).isCloseTo(2e-6, within(1e-18));
        assertThat(one.metrics()).containsEntry("jmhScoreErrorReason", "NOT_IN_DOCUMENT");
    }

    @Test
    void keepsEveryDigitOfAFigureInASample() {
        var random = new Random(42);
        for (int i = 0; i < 10_000; i++) {
            double perSecond = Math.exp(random.nextDouble(-9, 27));

            var sample = ForeignFigures.sample(perSecond);

            assertThat(sample.items() / (sample.elapsedNanos() / 1e9)).isCloseTo(perSecond, within(1e-11 * perSecond));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "latency, ns, LOWER, 0",
        "throughput, ops/s, HIGHER, 0",
        "bytes-per-second, bytes-per-second, HIGHER, 1",
        "queue-depth, queue-depth, LOWER, 1"
    })
    void readsBenchersMeasures(String measure, String unit, Better better, int warnings) {
        var document = "{\"bench\": {\"%s\": {\"value\": 5, \"lower_value\": 4.5, \"upper_value\": 6.25}}}";

        var one = BmfImport.read(tree(document.formatted(measure))).cases().getFirst();

        var score = Objects.requireNonNull(one.score());
        assertThat(one.name()).isEqualTo("bench[measure=%s]".formatted(measure));
        assertThat(score.value()).isEqualTo(5.0);
        assertThat(score.unit()).isEqualTo(unit);
        assertThat(score.better()).isEqualTo(better);
        assertThat(score.ci95Reason()).isEqualTo("NOT_IN_DOCUMENT");
        assertThat(one.metrics()).containsEntry("lowerValue", 4.5).containsEntry("upperValue", 6.25);
        assertThat(one.warnings()).hasSize(warnings);
    }

    @Test
    void takesABoundThatIsNullForNone() {
        var document = """
                {"bench": {"latency": {"value": 5, "lower_value": null, "upper_value": 6.25}}}""";

        var one = BmfImport.read(tree(document)).cases().getFirst();

        assertThat(one.metrics()).containsOnlyKeys("upperValue");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                    | ''",
                "{}                                                    | ''",
                "[3]                                                   | /0",
                "[{'benchmark': 'b', 'mode': 'thrpt'}]                 | /0/primaryMetric",
                "[{'benchmark': 'b', 'mode': 'thrpt', 'primaryMetric': {'score': 1, 'scoreUnit': 'apples'}}]"
                        + " | /0/primaryMetric/scoreUnit",
                "[{'benchmark': 'b', 'mode': 'avgt', 'primaryMetric': {'score': 'x', 'scoreUnit': 'us/op'}}]"
                        + " | /0/primaryMetric/score",
                "[{'benchmark': 'b', 'mode': 'avgt', 'primaryMetric': {'score': 1, 'scoreUnit': 'us/op', 'rawData': [[1, -1]]}}]"
                        + " | /0/primaryMetric/rawData/0/1"
            })
    void namesThePlaceThatIsNotJmhs(String document, String pointer) {
        assertThat(pointers(() -> JmhImport.read(tree(document.replace('\'', '"')))))
                .containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                   | ''",
                "[]                                   | ''",
                "{'b': 1}                             | /b",
                "{'b': {'latency': 3}}                | /b/latency",
                "{'b': {'latency': {}}}               | /b/latency/value",
                "{'b': {'latency': {'value': 'NaN'}}} | /b/latency/value",
                "{'a/b': {'m': {'value': 1, 'lower_value': true}}} | /a~1b/m/lower_value"
            })
    void namesThePlaceThatIsNotBenchers(String document, String pointer) {
        assertThat(pointers(() -> BmfImport.read(tree(document.replace('\'', '"')))))
                .containsExactly(pointer);
    }

    @Test
    void refusesWhatCannotBeStored() {
        assertThat(pointers(() -> BmfImport.read(tree("{\"b\": {\"m\\u0000\": {\"value\": 1}}}"))))
                .containsExactly("/b");
        assertThat(pointers(() -> BmfImport.read(tree("{\"b\": {\"\\ud800\": {\"value\": 1}}}"))))
                .containsExactly("/b");
        assertThat(pointers(() ->
                        BmfImport.read(tree("{\"%s\": {\"latency\": {\"value\": 1}}}".formatted("ü".repeat(1_000))))))
                .containsExactly("");
    }

    @Test
    void scoresFiguresThatNoSampleGivesAgain() {
        var document = """
                [{"benchmark": "b", "mode": "avgt", "threads": 1,
                  "primaryMetric": {"score": 1.0, "scoreUnit": "day/op", "rawData": [[1e300], [1e300], [1e300]]}}]""";

        var one = JmhImport.read(tree(document)).cases().getFirst();

        assertThat(Objects.requireNonNull(one.score()).value()).isCloseTo(1e300, within(1e290));
        assertThat(one.forks()).isEmpty();
    }

    @Test
    void refusesTwoResultsOfOneName() {
        var one = "{'benchmark': 'b', 'mode': 'avgt', 'primaryMetric': {'score': 1, 'scoreUnit': 'us/op'}}";

        assertThat(pointers(
                        () -> JmhImport.read(tree("[%s, %s]".formatted(one, one).replace('\'', '"')))))
                .containsExactly("/1");
    }

    @Test
    void namesThePlacesOfTheFirstThousandFaultsAndCountsAll() {
        var document = """
                [{"benchmark": "b", "mode": "avgt",
                  "primaryMetric": {"score": 1, "scoreUnit": "us/op", "rawData": [[%s]]}}]""".formatted("-1,".repeat(1_499) + "-1");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> JmhImport.read(tree(document)))
                .withMessage("1500 things are wrong with the document")
                .satisfies(problem -> assertThat(problem.violations()).hasSize(1_000));
    }

    @Test
    void refusesTwoMeasuresOfOneName() {
        var document = """
                {"a": {"b][measure=c": {"value": 1}}, "a[measure=b]": {"c": {"value": 2}}}""";

        assertThat(pointers(() -> BmfImport.read(tree(document)))).containsExactly("/a[measure=b]/c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[[-1.0, 3]]", "[[1.0, -3], [1.0, 4]]", "[[1e999, 1]]", "[[1.0, 0]]", "[]", "[[1.0]]", "[1.0]"})
    void refusesAHistogramWithoutAMean(String histogram) {
        var document = """
                [{"benchmark": "b", "mode": "sample", "threads": 2, "forks": 1,
                  "primaryMetric": {"score": 3.0, "scoreError": "NaN", "scoreUnit": "us/op",
                                    "rawDataHistogram": [[%s]]}}]""";

        assertThat(pointers(() -> JmhImport.read(tree(document.formatted(histogram)))))
                .containsExactly("/0/primaryMetric/rawDataHistogram/0/0");
    }

    private static List<String> pointers(Runnable reading) {
        var pointers = new ArrayList<String>();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(reading::run)
                .satisfies(problem ->
                        problem.violations().stream().map(Violation::pointer).forEach(pointers::add));
        return pointers;
    }

    private static @Nullable Object tree(String document) {
        return StrictJson.parse(document.getBytes(StandardCharsets.UTF_8));
    }

    private static double seconds(Sample sample) {
        return sample.elapsedNanos() / 1e9 / sample.invocations();
    }

    private static double median(JsonNode fork) {
        var sorted = StreamSupport.stream(fork.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
