package dyno.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What docs/reference/metrics.md says.
///
/// @param metrics      by name
/// @param bounds       by name
/// @param ofSpringBoot names of Boot's own that something relies on
record MetricsReference(Map<String, Metric> metrics, Map<String, Bound> bounds, SortedSet<String> ofSpringBoot) {

    record Metric(String type, SortedSet<String> labels) {}

    /// @param sets sums and products of numbers and of the words `engines` and `suites`; `schedules` is for the reader
    record Bound(String unit, String sets) {

        long sets(int engines, int suites) {
            var numbers = sets.replace("engines", "" + engines).replace("suites", "" + suites);
            return Arrays.stream(numbers.split("\\+"))
                    .mapToLong(summand -> Arrays.stream(summand.split("×"))
                            .mapToLong(factor -> Long.parseLong(factor.strip()))
                            .reduce(1, Math::multiplyExact))
                    .sum();
        }
    }

    private static final Pattern METRIC =
            Pattern.compile("\\| `(dyno_\\w+)` \\| (counter|gauge|histogram) \\|([^|]*)\\|.*");
    private static final Pattern BOUND = Pattern.compile("\\| `(dyno_\\w+)` \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern OTHER = Pattern.compile("\\| `(\\w+)` \\| (?!Prometheus' own|once there)[^|]+ \\|");

    static MetricsReference read() throws IOException {
        var metrics = new TreeMap<String, Metric>();
        var bounds = new TreeMap<String, Bound>();
        var others = new TreeSet<String>();
        for (var line : Files.readAllLines(Path.of("docs/reference/metrics.md"))) {
            var metric = METRIC.matcher(line);
            var bound = BOUND.matcher(line);
            var other = OTHER.matcher(line);
            if (metric.matches()) {
                metrics.put(metric.group(1), new Metric(metric.group(2), labels(metric.group(3))));
            } else if (bound.matches()) {
                bounds.put(bound.group(1), new Bound(bound.group(2), bound.group(3)));
            } else if (other.matches()) {
                others.add(other.group(1));
            }
        }
        return new MetricsReference(metrics, bounds, others);
    }

    /// The unit that a name ends with, where it does.
    static Optional<String> unitInName(String name) {
        return Stream.of("seconds", "bytes", "ratio")
                .filter(unit -> name.replaceFirst("_total$", "").endsWith("_" + unit))
                .findFirst();
    }

    private static SortedSet<String> labels(String column) {
        var labels = new TreeSet<>(Arrays.asList(column.replace("`", "").strip().split(" ")));
        labels.remove("");
        return labels;
    }
}
