package dyno.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dyno.measurement.Plan.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExportsTest {

    private final JsonMapper json = JsonMapper.builder().build();
    private final Run run = Runs.run(Runs.NOON, "generator", Mode.MEASURE, Map.of());

    @Test
    void writesTheFieldsThatJmhWritesAndNoOthers() {
        var ours = json.valueToTree(JmhExport.of(run));
        var jmhs = json.readTree(JmhDocuments.written());

        assertThat(ours).hasSize(2);
        var known = names(jmhs.get(0));
        assertThat(known).contains("params");
        assertThat(names(ours.get(0))).containsExactlyElementsOf(without("params", known));
        assertThat(names(ours.at("/0/primaryMetric"))).containsExactlyElementsOf(names(jmhs.at("/0/primaryMetric")));
        assertThat(names(ours.at("/0/primaryMetric/scorePercentiles")))
                .containsExactlyElementsOf(names(jmhs.at("/0/primaryMetric/scorePercentiles")));
        assertThat(names(ours.at("/0/secondaryMetrics/dyno.cpuSeconds")))
                .containsExactlyElementsOf(names(jmhs.at("/0/secondaryMetrics/gc.count")));
    }

    /// What viewers compute with: numbers where JMH has numbers, lists of lists of numbers, names with
    /// dots.
    @Test
    void givesViewersOfJmhResultsWhatTheyRead() {
        var direct = json.valueToTree(JmhExport.of(run)).get(1);

        assertThat(direct.path("benchmark").asString()).isEqualTo("dyno.generator.direct");
        assertThat(direct.path("mode").asString()).isEqualTo("thrpt");
        assertThat(direct.at("/primaryMetric/score").asDouble()).isEqualTo(4.31e10);
        assertThat(direct.at("/primaryMetric/scoreConfidence").toString()).isEqualTo("[4.22E10,4.4E10]");
        assertThat(direct.at("/primaryMetric/scoreError").asDouble()).isCloseTo(0.09e10, within(1.0));
        assertThat(direct.at("/primaryMetric/rawData"))
                .hasSize(3)
                .allSatisfy(fork -> assertThat(fork).hasSize(5).allMatch(JsonNode::isNumber));
        assertThat(direct.at("/primaryMetric/rawData/0/0").asDouble()).isEqualTo((8L << 30) / 0.2);
        assertThat(direct.path("jvmArgs").toString()).isEqualTo("[\"-Xmx1g\",\"-XX:+UseG1GC\"]");
        assertThat(direct.path("measurementTime").asString()).isEqualTo("200 ms");
    }

    /// Its schema: any benchmark, any measure, and of that numbers of which `value` is required.
    @Test
    void validatesAgainstBenchersSchema() {
        var document = json.valueToTree(BmfExport.of(run));

        assertThat(names(document)).containsExactly("generator/legacy", "generator/direct");
        for (var benchmark : document) {
            assertThat(benchmark.isObject()).isTrue();
            assertThat(names(benchmark)).containsExactly("bytes-per-second", "latency");
            for (var metric : benchmark) {
                assertThat(metric.isObject()).isTrue();
                assertThat(metric.path("value").isNumber()).isTrue();
                assertThat(metric).allMatch(JsonNode::isNumber);
                assertThat(List.of("value", "lower_value", "upper_value")).containsAll(names(metric));
            }
        }
        assertThat(document.at("/generator~1direct/latency/value").asDouble()).isCloseTo(0.0998e9, within(1.0));
        assertThat(document.at("/generator~1direct/bytes-per-second/lower_value")
                        .asDouble())
                .isEqualTo(4.22e10);
    }

    @ParameterizedTest
    @CsvSource({"bytes/s, bytes-per-second", "ns/op, ns-per-op", "Rows Found/s, rows-found-per-second"})
    void makesSlugsOfUnits(String unit, String slug) {
        assertThat(BmfExport.slug(unit)).isEqualTo(slug);
    }

    @Test
    void writesATableOfTheCases() {
        var lines = CsvExport.of(run).split("\r\n", -1);

        assertThat(lines).hasSize(5);
        assertThat(lines[4]).isEmpty();
        assertThat(lines[0]).startsWith("run,job,engine,case,");
        var direct = Map.copyOf(row(lines[2]));
        assertThat(direct)
                .containsEntry("case", "direct")
                .containsEntry("score", "4.31E10")
                .containsEntry("speedup", "8.7")
                .containsEntry("verification", "PASSED")
                .containsEntry("failure", "");
        assertThat(row(lines[3])).containsEntry("score", "").containsEntry("failure", "OUT_OF_MEMORY");
    }

    @Test
    void quotesWhatWouldBreakATable() {
        var one = run.cases().getFirst();
        var odd = new CaseResult(
                "a[b=\"x,y\"]",
                one.workload(),
                null,
                null,
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
                null);

        assertThat(CsvExport.of(Runs.with(run, List.of(odd)))).contains(",\"a[b=\"\"x,y\"\"]\",");
    }

    @Test
    void writesGaugesThatOpenMetricsTakes() {
        var text = OpenMetricsExport.of(run);

        assertThat(text)
                .contains(
                        "dyno_run_score{engine=\"generator\",case=\"direct\",unit=\"bytes/s\"} 4.31E10 1767268890.123456\n");
        assertThat(text).endsWith("\n# EOF\n");
        var sample = Pattern.compile("[a-z_]+\\{engine=\"[^\"]*\",case=\"[^\"]*\",unit=\"[^\"]*\"} [0-9.E-]+ [0-9.]+");
        var families = new ArrayList<String>();
        for (var line : text.split("\n", -1)) {
            if (line.startsWith("# TYPE ")) {
                families.add(line.split(" ", -1)[2]);
            } else if (!line.startsWith("#") && !line.isEmpty()) {
                assertThat(line).matches(sample).startsWith(families.getLast() + "{");
            }
        }
        assertThat(new HashSet<>(families)).hasSameSizeAs(families);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default | default | {}",
                "legacy[chunkBytes=4194304] | legacy | {chunkBytes=4194304}",
                "a[x=1,input.rows=2] | a | {x=1, input.rows=2}",
                "a[x=1,2,y=3] | a | {x=1,2, y=3}",
                "a[odd] | a[odd] | {}"
            })
    void takesNamesOfCasesApart(String name, String variant, String parameters) {
        var label = CaseLabel.of(name);

        assertThat(label.variant()).isEqualTo(variant);
        assertThat(label.parameters()).hasToString(parameters);
    }

    private static Map<String, String> row(String line) {
        var cells = line.split(",", -1);
        var row = new HashMap<String, String>();
        for (int i = 0; i < cells.length; i++) {
            row.put(CsvExport.COLUMNS.get(i), cells[i]);
        }
        return row;
    }

    private static List<String> names(JsonNode node) {
        return List.copyOf(node.propertyNames());
    }

    private static List<String> without(String name, List<String> names) {
        return names.stream().filter(other -> !other.equals(name)).toList();
    }
}
