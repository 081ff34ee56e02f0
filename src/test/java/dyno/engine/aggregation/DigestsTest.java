package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The totals and digests that the specification gives.
class DigestsTest {

    static final String PLAN_20K = "sha256:36a358ba3e99a1052638d1376bb3e3ae86337520576d31ea1741c1b7586d57fb";
    static final String SMALL = "sha256:13dfbb16b6044e387e94168bb563e12bbe072fdf2a9028025f4f70de4aedf1ec";
    static final String SMALL_ALL = "sha256:4d658640d9fe060e1a2d40b4941479847cbc332d01cb10279540f18b66b46563";

    @Test
    void drawsTheVectors() {
        assertThat(new Draws(0).bits(0, 0, 0)).isEqualTo(0x238275bc38fcbe91L);
        assertThat(new Draws(42).bits(0, 0, 0)).isEqualTo(0x6310bf04d8207f46L);
        assertThat(new Draws(42).bits(4, 1, 2)).isEqualTo(0x1c1e5c363e6954cdL);
    }

    @Test
    void givesThePlansSmallestScale() throws Exception {
        try (var input = Inputs.generated(Map.of("scale", "PLAN_20K"))) {
            var result = input.aggregate(Map.of());

            assertThat(result.rows()).isEqualTo(830);
            assertThat(totals(result))
                    .containsExactly(
                            "16594.213375",
                            "20749.200000",
                            "22143.678900",
                            "33241.488000",
                            "17185.966928",
                            "21442.500000",
                            "22880.509434",
                            "34208.671875");
            assertThat(clusterCoreHours(result)).containsExactly("22272.000000");
            assertThat(CanonicalLines.digest(CanonicalLines.of(result))).isEqualTo(PLAN_20K);
        }
    }

    @Test
    void givesTheWriteUpsSmallestScale() throws Exception {
        try (var input = Inputs.generated(Map.of("scale", "SMALL"))) {
            var result = input.aggregate(Map.of());
            var lines = CanonicalLines.of(result);

            assertThat(result.counts().inPeriod).isEqualTo(7_440);
            assertThat(lines).hasSize(124);
            assertThat(totals(result))
                    .containsExactly(
                            "7083.945125",
                            "8872.200000",
                            "9475.714750",
                            "14319.768000",
                            "5377.550497",
                            "6789.000000",
                            "7233.202936",
                            "11436.093750");
            assertThat(new String(lines.getFirst(), StandardCharsets.UTF_8))
                    .contains("{\"app\":\"app-00\",\"environment\":\"canary\",\"node\":\"node-0000\"")
                    .contains("\t49.713650\t64.800000\t68.949850\t91.944000\t")
                    .doesNotContain("release", "pod-template-hash");
            // 17856 over all days.
            assertThat(clusterCoreHours(result)).hasSize(31).containsOnly("576.000000");
            assertThat(CanonicalLines.digest(lines)).isEqualTo(SMALL);
        }
    }

    @Test
    void givesAllThreeKindsOfRows() throws Exception {
        try (var input = Inputs.generated(Map.of("scale", "SMALL"))) {
            var result = input.aggregate(Map.of("outputs", List.of("POD", "STORAGE", "UNALLOCATED")));

            assertThat(result.rows(Output.POD)).isEqualTo(124);
            assertThat(result.rows(Output.STORAGE)).isEqualTo(31);
            assertThat(result.rows(Output.UNALLOCATED)).isEqualTo(62);
            assertThat(CanonicalLines.digest(CanonicalLines.of(result))).isEqualTo(SMALL_ALL);
        }
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({
        "PLAN_1M, 41600, IN_MEMORY",
        "PLAN_1M, 41600, STREAMING_PARALLEL",
        "PRODUCTION_MEDIUM, 46500, STREAMING_PARALLEL",
        "PRODUCTION_MEDIUM, 46500, DUCKDB"
    })
    void verifiesTheGreatScales(String scale, long rows, String strategy) throws Exception {
        var outcome = Trials.run(
                Binding.generated(Map.of("scale", scale), Map.of("strategy", strategy, "loadMethod", "NONE")));

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.metric("podOutputRows")).isEqualTo(rows);
    }

    /// One a day.
    private static List<String> clusterCoreHours(Result result) {
        return CanonicalLines.of(result).stream()
                .map(line -> new String(line, StandardCharsets.UTF_8).split("\t", -1))
                .collect(Collectors.toMap(fields -> fields[1], fields -> fields[18], (one, same) -> one))
                .values()
                .stream()
                .toList();
    }

    static List<String> totals(Result result) {
        var totals = new ArrayList<String>();
        for (var metric : Metric.values()) {
            BigInteger q = result.podTotals().get(metric.ordinal());
            totals.add(CanonicalLines.plain(Micros.wideHours(q, metric.shift())));
        }
        return totals;
    }
}
