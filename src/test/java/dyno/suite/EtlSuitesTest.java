package dyno.suite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the suites of engine etl measure, beside the write-up that they answer.
class EtlSuitesTest {

    private final SuiteCatalog suites = new SuiteCatalog(SuiteFolder.read("", Path.of("")), submission -> {});

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "etl-levels     | etl-levels               | profile       | LEVEL_1, LEVEL_2, LEVEL_3",
                "etl-levels     | etl-levels               | records       | 5000, 1000000",
                "etl-compare    | etl-compare-optimised    | profile       | LEVEL_2, LEVEL_3",
                "etl-scaling    | etl-scaling-original     | records       | 100, 1000, 5000",
                "etl-scaling    | etl-scaling-optimised    | records       | 100, 1000, 5000",
                "etl-batch-size | etl-batch-size-original  | batchSize     | 10, 50, 100, 500",
                "etl-batch-size | etl-batch-size-optimised | batchSize     | 10, 50, 100, 128, 500, 1024, 4096",
                "etl-workers    | etl-workers-original     | workers       | 1, 2, 4, 8",
                "etl-workers    | etl-workers-optimised    | workers       | 1, 2, 4, 8",
                "etl-volumes    | etl-volumes              | records       | 100, 500, 1000, 2000",
                "etl-pipelines  | etl-pipelines-original   | pipelines     | 1, 2, 4",
                "etl-pipelines  | etl-pipelines-optimised  | pipelines     | 1, 2, 4, 8",
                "etl-queue      | etl-queue-record         | queueCapacity | 50, 100, 500, 1000",
                "etl-queue      | etl-queue-batch          | queueCapacity | 128, 512, 1024, 8192",
            })
    void sweepWhatTheWriteUpSwept(String suite, String job, String field, String values) {
        assertThat(suites.require(suite).jobs())
                .filteredOn(one -> one.name().equals(job))
                .singleElement()
                .satisfies(one ->
                        assertThat(texts(map(one.spec(), "matrix"), field)).containsExactly(values.split(", ", -1)));
    }

    @Test
    void comeAllInARow() {
        var sweeps =
                List.of("etl-batch-size", "etl-workers", "etl-volumes", "etl-scaling", "etl-pipelines", "etl-queue");

        assertThat(suites.require("etl-sweeps").jobs()).isEqualTo(jobs(sweeps));
        assertThat(suites.require("etl-writeup").jobs())
                .isEqualTo(jobs(List.of("etl-levels", "etl-compare", "etl-sweeps")));
    }

    private List<SuiteJob> jobs(List<String> names) {
        return names.stream()
                .flatMap(name -> suites.require(name).jobs().stream())
                .toList();
    }

    /// The write-up did: its "47x" is mostly that of a smaller record.
    @Test
    void divideNoKindOfRecordsByTheOther() {
        assertThat(suites.all())
                .filteredOn(suite -> suite.name().startsWith("etl-"))
                .hasSizeGreaterThan(12)
                .flatExtracting(Suite::jobs)
                .filteredOn(job -> job.spec().containsKey("baseline"))
                .isNotEmpty()
                .allSatisfy(job -> assertThat(kinds(job.spec())).as(job.name()).hasSize(1));
    }

    @Test
    void standInTheReference() throws IOException {
        var reference = Files.readString(Path.of("docs/reference/suites.md"), UTF_8);

        assertThat(suites.names())
                .filteredOn(name -> name.startsWith("etl-"))
                .allSatisfy(name -> assertThat(reference).contains("`" + name + "`"));
    }

    private static Set<Boolean> kinds(Map<String, ?> spec) {
        var kinds = new HashSet<Boolean>();
        var workload = map(spec, "workload");
        var profiles = spec.containsKey("matrix") ? texts(map(spec, "matrix"), "profile") : List.<String>of();
        for (var profile : profiles.isEmpty() ? List.of(text(workload, "profile")) : profiles) {
            kinds.add(
                    profile.equals("ORIGINAL") || text(workload, "recordShape").equals("ORIGINAL"));
        }
        return kinds;
    }

    private static String text(Map<String, ?> map, String field) {
        return String.valueOf(map.get(field));
    }

    private static List<String> texts(Map<String, ?> map, String field) {
        return map.get(field) instanceof List<?> values
                ? values.stream().map(String::valueOf).collect(Collectors.toList())
                : List.of();
    }

    private static Map<String, ?> map(Map<String, ?> map, String field) {
        return map.get(field) instanceof Map<?, ?> inner
                ? inner.entrySet().stream()
                        .collect(Collectors.toMap(entry -> String.valueOf(entry.getKey()), Map.Entry::getValue))
                : Map.of();
    }
}
