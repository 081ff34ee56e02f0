package dyno.job;

import dyno.catalog.EngineEntry.Related;
import dyno.measurement.Scalability;
import dyno.measurement.Scalability.Point;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Fits Amdahl's law and the Universal Scalability Law to the cases of a job that differ in threads or
/// workers and in nothing else, and adds what they say to each of them: `scalingEfficiency`,
/// `amdahlSigma`, `uslSigma`, `uslKappa`, `uslKnee`.
final class ScalingMetrics {

    /// Fields that say how many work at once, wherever in the workload they stand.
    private static final List<String> PARALLELISM = List.of("threads", "workers");

    private ScalingMetrics() {}

    static void add(List<Related> cases) {
        var fields = fields(cases);
        if (fields.size() != 1) {
            // With two of them a case would stand in two series, and have both series' figures by one name.
            return;
        }
        var field = fields.getFirst();
        var series = new LinkedHashMap<Map<String, Object>, Map<Related, Point>>();
        for (var related : cases) {
            var flat = flat(related.completeTree());
            if (related.score() != null && related.score() > 0 && flat.get(field) instanceof Long threads) {
                flat.remove(field);
                series.computeIfAbsent(flat, key -> new LinkedHashMap<>())
                        .put(related, new Point(Math.toIntExact(threads), related.score()));
            }
        }
        series.values().forEach(one -> byVariantWhereEqual(one).forEach(ScalingMetrics::addOne));
    }

    /// Variants that differ in the field alone are one series, and equal ones, each over a matrix, are one each.
    private static Collection<Map<Related, Point>> byVariantWhereEqual(Map<Related, Point> series) {
        if (series.values().stream().map(Point::threads).distinct().count() == series.size()) {
            return List.of(series);
        }
        var variants = new LinkedHashMap<String, Map<Related, Point>>();
        series.forEach((related, point) -> variants.computeIfAbsent(variant(related), key -> new LinkedHashMap<>())
                .put(related, point));
        return variants.values();
    }

    /// Paths of the fields that differ from case to case.
    private static List<String> fields(List<Related> cases) {
        var values = new TreeMap<String, TreeSet<Long>>();
        for (var related : cases) {
            flat(related.completeTree()).forEach((path, value) -> {
                if (value instanceof Long threads && PARALLELISM.contains(path.substring(path.lastIndexOf('.') + 1))) {
                    values.computeIfAbsent(path, key -> new TreeSet<>()).add(threads);
                }
            });
        }
        return values.entrySet().stream()
                .filter(field -> field.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void addOne(Map<Related, Point> series) {
        var points = List.copyOf(series.values());
        if (points.stream().map(Point::threads).distinct().count() < 2) {
            return;
        }
        var amdahl = Scalability.amdahl(points);
        var universal = Scalability.universal(points);
        series.forEach((related, point) -> {
            var metrics = related.metrics();
            metrics.put("scalingEfficiency", Scalability.efficiency(point, points));
            amdahl.ifPresentOrElse(
                    law -> metrics.put("amdahlSigma", law.sigma()),
                    () -> metrics.absent("amdahlSigma", "NEEDS_3_THREAD_COUNTS"));
            universal.ifPresentOrElse(
                    law -> {
                        metrics.put("uslSigma", law.sigma()).put("uslKappa", law.kappa());
                        law.knee()
                                .ifPresentOrElse(
                                        knee -> metrics.put("uslKnee", knee),
                                        () -> metrics.absent(
                                                "uslKnee",
                                                law.sigma() >= 1 ? "FALLS_FROM_THE_START" : "GROWS_FOR_EVER"));
                    },
                    () -> List.of("uslSigma", "uslKappa", "uslKnee")
                            .forEach(name -> metrics.absent(name, "NEEDS_4_THREAD_COUNTS")));
        });
    }

    /// Variants may have equal workloads.
    private static String variant(Related related) {
        int bracket = related.name().indexOf('[');
        return bracket < 0 ? related.name() : related.name().substring(0, bracket);
    }

    /// Leaves of the tree by dotted path.
    private static Map<String, Object> flat(Map<String, @Nullable Object> tree) {
        var flat = new TreeMap<String, Object>();
        flatten("", tree, flat);
        return flat;
    }

    private static void flatten(String prefix, Map<?, ?> tree, Map<String, Object> flat) {
        tree.forEach((key, value) -> {
            if (value instanceof Map<?, ?> nested) {
                flatten(prefix + key + ".", nested, flat);
            } else {
                flat.put(prefix + key, Objects.requireNonNullElse(value, "null"));
            }
        });
    }
}
