package dyno.operated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/// What `config/prometheus` holds. Only `promtool` knows for certain: it is taken from the `PATH`, or from
/// `target/promtool`, where `src/test/sh/promtool.sh` puts Debian's.
class PrometheusFilesTest {

    private static final Path FOLDER = Path.of("config/prometheus");
    private static final Path RUNBOOKS = Path.of("docs/runbooks");

    @Test
    void isAcceptedByPromtoolOrWhereThereIsNoneReadAsYamlAndNothingMore() throws Exception {
        var tests = files(FOLDER.resolve("tests"));
        assertThat(tests).isNotEmpty();
        var promtool = promtool();
        if (promtool.isPresent()) {
            run(
                    promtool.get(),
                    List.of("check", "config", FOLDER.resolve("prometheus.yml").toString()));
            for (var test : tests) {
                run(promtool.get(), List.of("test", "rules", test.toString()));
            }
        } else {
            System.out.println("There is no promtool, so rules were not evaluated: src/test/sh/promtool.sh fetches it");
            assertThat(yaml(FOLDER.resolve("prometheus.yml"))).containsKeys("global", "rule_files", "scrape_configs");
            for (var test : tests) {
                assertThat(yaml(test)).containsKeys("rule_files", "tests");
            }
        }
    }

    @Test
    void namesMetricsThatTheReferenceListsAndSeriesThatItRecords() throws Exception {
        var known = KnownMetrics.read();
        var recorded = new TreeSet<String>();
        rules("record").forEach(rule -> recorded.add((String) rule.get("record")));
        var unknown = new ArrayList<String>();
        for (var rule :
                Stream.concat(rules("record").stream(), rules("alert").stream()).toList()) {
            for (var name : PromQl.metrics((String) rule.get("expr"))) {
                if (!known.has(name) && !recorded.contains(name)) {
                    unknown.add(name + " in " + rule.get("expr"));
                }
            }
        }

        assertThat(recorded).hasSizeGreaterThan(5);
        assertThat(unknown).isEmpty();
    }

    @Test
    void hasForEachAlertARunbookATestAndASeverity() throws Exception {
        var tested = Files.readString(FOLDER.resolve("tests/alerts_test.yml"));
        var index = Files.readString(RUNBOOKS.resolve("README.md"));
        var alerts = rules("alert");

        assertThat(alerts).hasSizeGreaterThanOrEqualTo(11).allSatisfy(alert -> {
            var name = (String) alert.get("alert");
            var annotations = (Map<?, ?>) alert.get("annotations");
            assertThat(annotations.get("runbook"))
                    .isEqualTo(RUNBOOKS.resolve(name + ".md").toString());
            assertThat(RUNBOOKS.resolve(name + ".md"))
                    .content()
                    .startsWith("# " + name + "\n")
                    .contains("**Look.**");
            assertThat(index)
                    .contains("| [%s](%s.md) | %s |"
                            .formatted(name, name, ((Map<?, ?>) alert.get("labels")).get("severity")));
            // Once where it fires.
            assertThat(tested).containsPattern("alertname: " + name + "\n +exp_alerts:\n +- exp_labels");
        });
        try (var pages = Files.list(RUNBOOKS)) {
            assertThat(pages).hasSize(alerts.size() + 1);
        }
    }

    /// Rules that have `kind`, which is `record` or `alert`.
    static List<Map<String, Object>> rules(String kind) throws IOException {
        var rules = new ArrayList<Map<String, Object>>();
        for (var file : files(FOLDER.resolve("rules"))) {
            for (var group : (List<?>) yaml(file).get("groups")) {
                for (var rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                    @SuppressWarnings("unchecked")
                    var one = (Map<String, Object>) rule;
                    if (one.containsKey(kind)) {
                        rules.add(one);
                    }
                }
            }
        }
        return rules;
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            return new Yaml().load(reader);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static Optional<Path> promtool() {
        var places = new ArrayList<Path>();
        for (var folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            places.add(Path.of(folder, "promtool"));
        }
        places.add(Path.of("target/promtool/usr/bin/promtool"));
        return places.stream()
                .filter(Files::isExecutable)
                .map(Path::toAbsolutePath)
                .findFirst();
    }

    private static void run(Path promtool, List<String> arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(promtool.toString());
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
    }
}
