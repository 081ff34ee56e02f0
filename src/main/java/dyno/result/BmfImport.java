package dyno.result;

import dyno.engine.Metrics;
import dyno.engine.Warning;
import dyno.measurement.Score;
import dyno.measurement.Score.Better;
import dyno.web.Pointer;
import dyno.web.Shown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads Bencher Metric Format: a case for each measure of each benchmark, `my_benchmark[measure=latency]`.
///
/// The format says neither in which unit a measure is nor which way is better. Those that Bencher itself
/// knows are taken as it has them; of any other the unit is its name, `…-per-second` is better where it is
/// more and the rest where it is less, with the warning `DIRECTION_ASSUMED`.
///
/// @see <a href="https://bencher.dev/docs/reference/bencher-metric-format/">Bencher Metric Format</a>
final class BmfImport {

    private record Measure(String unit, Better better) {}

    private static final Map<String, Measure> KNOWN = Map.of(
            "latency", new Measure("ns", Better.LOWER),
            "throughput", new Measure("ops/s", Better.HIGHER),
            "build-time", new Measure("s", Better.LOWER),
            "file-size", new Measure("bytes", Better.LOWER),
            "instructions", new Measure("instructions", Better.LOWER));

    private final ForeignTree tree = new ForeignTree();
    private final List<CaseResult> cases = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private BmfImport() {}

    /// @throws ProblemException `invalid-request` with everything that is wrong
    static ImportedDocument read(@Nullable Object document) {
        var reader = new BmfImport();
        var benchmarks = reader.tree.object(document, Pointer.ROOT);
        benchmarks.forEach((name, measures) -> reader.readBenchmark(name, measures));
        reader.tree.requireStorable(document, Pointer.ROOT);
        reader.tree.requireBounded(reader.cases);
        reader.tree.check();
        if (reader.cases.isEmpty()) {
            reader.tree.refuse(Pointer.ROOT, "The document has no measure");
            reader.tree.check();
        }
        return new ImportedDocument(List.copyOf(reader.cases), Map.of());
    }

    private void readBenchmark(String name, @Nullable Object value) {
        var pointer = Pointer.member(Pointer.ROOT, name);
        tree.object(value, pointer)
                .forEach((measure, metric) -> readMeasure(name, measure, metric, Pointer.member(pointer, measure)));
    }

    private void readMeasure(String benchmark, String name, @Nullable Object value, String pointer) {
        var members = tree.object(value, pointer);
        if (!(value instanceof Map<?, ?>)) {
            return;
        }
        var figure = tree.number(members, "value", pointer);
        if (figure == null) {
            if ("NaN".equals(members.get("value"))) {
                tree.refuse(Pointer.member(pointer, "value"), "'value' is NaN, not a number");
            }
            return;
        }
        var metrics = new Metrics();
        for (var bound : List.of("lower_value", "upper_value")) {
            // Bencher takes null for a bound that is not there.
            if (members.get(bound) != null) {
                var limit = tree.number(members, bound, pointer);
                if (limit != null) {
                    metrics.put(bound.startsWith("lower") ? "lowerValue" : "upperValue", limit);
                }
            }
        }
        var known = KNOWN.get(name);
        var measure =
                known == null ? new Measure(name, name.endsWith("-per-second") ? Better.HIGHER : Better.LOWER) : known;
        var warnings = known == null
                ? List.of(new Warning(
                        "DIRECTION_ASSUMED",
                        "%s of %s is taken as better"
                                .formatted(measure.better() == Better.HIGHER ? "more" : "less", name)))
                : List.<Warning>of();
        var caseName = "%s[measure=%s]".formatted(benchmark, name);
        // Brackets may be part of either name.
        if (!names.add(caseName)) {
            tree.refuse(pointer, "Two measures are " + Shown.value(caseName));
        }
        var score = new Score(figure, null, measure.unit(), measure.better(), null, ImportedCase.NOT_IN_DOCUMENT, 1, 1);
        var workload = Map.<String, @Nullable Object>of("benchmark", benchmark, "measure", name);
        cases.add(new ImportedCase(caseName, workload, score, metrics.values(), List.of(), warnings).result());
    }
}
