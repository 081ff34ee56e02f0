package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.aggregation.PlainAggregation.LabelRow;
import dyno.engine.aggregation.PlainAggregation.PodRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The facts that the specification gives, one by one.
class SemanticsTest {

    private static final Instant NOVEMBER = Instant.parse("2025-11-01T00:00:00Z");

    private final Inputs input = Inputs.empty();
    private final List<PodRow> pods = new ArrayList<>();

    @AfterEach
    void delete() throws Exception {
        input.close();
    }

    @Test
    void takesTheGreaterOfUsageAndRequestHourByHour() throws Exception {
        pod(0, "ns", "n", null, 1.0 * 3600, 2.0 * 3600);
        pod(1, "ns", "n", null, 3.0 * 3600, 1.0 * 3600);

        assertThat(field(only(), 8)).isEqualTo("5.000000");
    }

    @Test
    void letsAProvidedEffectiveValueWinEvenWhereItIsSmaller() throws Exception {
        pods.add(new PodRow(NOVEMBER, "ns", "n", null, null, values(7200.0, 3600.0, 360.0)));

        assertThat(field(only(), 8)).isEqualTo("0.100000");
    }

    @Test
    void addsCapacityOfHoursAndNotOfRows() throws Exception {
        for (int hour = 0; hour < 24; hour++) {
            for (int pod = 0; pod < 3; pod++) {
                var values = values(1.0, 1.0, null);
                values[9] = 14_400.0;
                pods.add(new PodRow(NOVEMBER.plusSeconds(3600L * hour), "ns", "n", null, null, values));
            }
        }

        var full = only();
        pods.removeIf(row -> row.start().isBefore(NOVEMBER.plusSeconds(4 * 3600)));
        var cut = only();

        assertThat(field(full, 14)).isEqualTo("4.000000");
        assertThat(field(full, 15)).isEqualTo("96.000000");
        assertThat(field(cut, 15)).isEqualTo("80.000000");
    }

    @Test
    void laysPodLabelsOverThoseOfNamespaceAndNode() throws Exception {
        pod(0, "ns", "n", "{\"environment\":\"p\"}", 1.0, 1.0);
        pod(0, "ns", "n", "{}", 1.0, 1.0);
        pod(0, "other", "n", "{}", 1.0, 1.0);
        labels("node", "n", "{\"environment\":\"n\"}");
        labels("namespace", "ns", "{\"environment\":\"s\"}");

        assertThat(lines(Map.of()))
                .extracting(line -> field(line, 2) + " " + field(line, 5))
                .containsExactly(
                        "ns {\"environment\":\"p\"}", "ns {\"environment\":\"s\"}", "other {\"environment\":\"n\"}");
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void takesTheLabelsOfTheLatestRowEvenWhereItHasNone(Strategy strategy) throws Exception {
        pod(0, "ns", "n", "{}", 1.0, 1.0);
        PodFiles.pods(input.folder().resolve("pods.parquet"), pods, 100);
        PodFiles.labels(
                input.folder().resolve("node.parquet"),
                "node",
                List.of(
                        new LabelRow(NOVEMBER, "n", "{\"environment\":\"old\"}"),
                        new LabelRow(NOVEMBER.plusSeconds(3600), "n", null)));

        var lines = CanonicalLines.of(Trials.aggregate(input, Map.of("strategy", strategy.name())));

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(field(new String(line, StandardCharsets.UTF_8), 5))
                        .isEqualTo("{}"));
    }

    @Test
    void doesNotMultiplySumsByTheHourlyRowsOfALabelTable() throws Exception {
        var hourly = new ArrayList<LabelRow>();
        for (int hour = 0; hour < 24; hour++) {
            pod(hour, "ns", "n", null, 3600.0, 0.0);
            hourly.add(new LabelRow(NOVEMBER.plusSeconds(3600L * hour), "n", "{\"environment\":\"n\"}"));
        }
        PodFiles.labels(input.folder().resolve("node.parquet"), "node", hourly);

        assertThat(lines(Map.of())).singleElement().satisfies(line -> {
            assertThat(field(line, 5)).isEqualTo("{\"environment\":\"n\"}");
            assertThat(field(line, 6)).isEqualTo("24.000000");
        });
    }

    @Test
    void makesOneGroupOfTheSameLabelsInEitherFormat() throws Exception {
        pod(0, "ns", "n", "label_app:web|label_tier:db", 3600.0, 0.0);
        pod(1, "ns", "n", "{\"tier\":\"db\",\"app\":\"web\"}", 3600.0, 0.0);

        assertThat(lines(Map.of())).singleElement().satisfies(line -> {
            assertThat(field(line, 5)).isEqualTo("{\"app\":\"web\",\"tier\":\"db\"}");
            assertThat(field(line, 6)).isEqualTo("2.000000");
        });
    }

    @Test
    void makesOneGroupOfRowsWithoutLabelsAndCountsTheMalformedOnes() throws Exception {
        for (var text : List.of("", "null", "{}", "{\"app\":\"broken", "no piece at all")) {
            pod(0, "ns", "n", text, 3600.0, 0.0);
        }
        pod(0, "ns", "n", null, 3600.0, 0.0);

        assertThat(lines(Map.of())).singleElement().satisfies(line -> {
            assertThat(field(line, 5)).isEqualTo("{}");
            assertThat(field(line, 6)).isEqualTo("6.000000");
        });
        assertThat(input.aggregate(Map.of()).counts().malformedLabels).isEqualTo(2);
    }

    @Test
    void takesTheGreatestCategoryThatMatches() throws Exception {
        for (var namespace : List.of("prod-core", "prod-x", "Prod-x")) {
            pod(0, namespace, "n", null, 1.0, 1.0);
        }
        var categories = List.of(Map.of("pattern", "prod-%", "id", 1L), Map.of("pattern", "%core", "id", 7L));

        assertThat(lines(Map.of("costCategories", categories)))
                .extracting(line -> field(line, 2) + " " + field(line, 30))
                .containsExactly("Prod-x \\N", "prod-core 7", "prod-x 1");
    }

    @Test
    void countsAnHourOfUtcToItsDayInUtc() {
        byte[] text = "2025-11-01 23:00:00 +0000 UTC".getBytes(StandardCharsets.UTF_8);
        byte[] offset = "2025-11-02T01:30:00+02:30".getBytes(StandardCharsets.UTF_8);

        assertThat(DayRange.day(Times.parse(text, 0, text.length).orElseThrow()))
                .isEqualTo((int) NOVEMBER.getEpochSecond() / 86_400);
        assertThat(Times.parse(offset, 0, offset.length)).isEqualTo(Times.parse(text, 0, text.length));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-01 00:00:00 +0000 UTC, true",
        "2025-11-01 00:00:00 UTC, true",
        "2025-11-01T00:00:00Z, true",
        "2025-11-01 01:00:00 +0100 CET, true",
        "2025-11-01 00:00:00, true",
        "2025-11-01 00:00:00 EST, false",
        "2025-11-01 00:00:00 Z UTC, false"
    })
    void takesNoZoneByItsNameAlone(String text, boolean isTime) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(Times.parse(bytes, 0, bytes.length))
                .isEqualTo(isTime ? OptionalLong.of(NOVEMBER.getEpochSecond() * 1_000_000) : OptionalLong.empty());
    }

    @Test
    void namesTheFileThatIsCutShort() throws Exception {
        pod(0, "ns", "n", null, 1.0, 1.0);
        for (int i = 0; i < 10; i++) {
            PodFiles.pods(input.folder().resolve("part-" + i + ".parquet"), pods, 100);
        }
        var cut = input.folder().resolve("part-7.parquet");
        byte[] whole = Files.readAllBytes(cut);
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 2));

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> input.aggregate(Map.of()))
                .withMessageContaining("part-7.parquet")
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_INPUT));
    }

    @Test
    void saysBetweenWhichDatesThereAreNoRows() throws Exception {
        pod(0, "ns", "n", null, 1.0, 1.0);
        PodFiles.pods(input.folder().resolve("pods.parquet"), pods, 100);

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(
                        () -> input.aggregate(input.workload(Map.of()).within(new Period("2024-01-01", "2024-01-31"))))
                .withMessageContaining("no pod rows between 2024-01-01 and 2024-01-31");
    }

    @Test
    void refusesANameThatIsLongerThanItsColumn() throws Exception {
        pod(0, "x".repeat(254), "n", null, 1.0, 1.0);
        PodFiles.pods(input.folder().resolve("pods.parquet"), pods, 100);

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> input.aggregate(Map.of()))
                .withMessageContaining("column namespace has 254 characters, more than 253: " + "x".repeat(40));
    }

    private void pod(int hour, String namespace, String node, @Nullable String labels, double usage, double request) {
        pods.add(new PodRow(
                NOVEMBER.plusSeconds(3600L * hour), namespace, node, null, labels, values(usage, request, null)));
    }

    private static @Nullable Double[] values(double usage, double request, @Nullable Double effective) {
        var values = new @Nullable Double[12];
        values[0] = usage;
        values[1] = request;
        values[2] = effective;
        return values;
    }

    private void labels(String object, String name, String text) throws Exception {
        PodFiles.labels(
                input.folder().resolve(object + ".parquet"), object, List.of(new LabelRow(NOVEMBER, name, text)));
    }

    private String only() throws Exception {
        return lines(Map.of()).getFirst();
    }

    private List<String> lines(Map<String, Object> fields) throws Exception {
        var file = input.folder().resolve("pods.parquet");
        Files.deleteIfExists(file);
        PodFiles.pods(file, pods, 100);
        return CanonicalLines.of(input.aggregate(fields)).stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }

    private static String field(String line, int index) {
        return line.split("\t", -1)[index];
    }
}
