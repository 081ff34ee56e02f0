package dyno.engine.aggregation;

import dyno.engine.Contradictions;
import dyno.engine.Given;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;

/// What bounds cannot say of a workload. Every message names the fields, their values and what to change.
final class AggregationContradictions {

    private static final int MAX_PERIOD_DAYS = 366;
    private static final List<String> FIXED_BY_SCALE =
            List.of("pods", "nodes", "namespaces", "days", "hoursPerDay", "labelCardinality", "layout", "volumes");

    private final AggregationWorkload workload;
    private final Given given;
    private final AggregationSettings settings;
    private final Contradictions found;

    AggregationContradictions(
            AggregationWorkload workload, Given given, AggregationSettings settings, Contradictions found) {
        this.workload = workload;
        this.given = given;
        this.settings = settings;
        this.found = found;
    }

    void find() {
        input();
        store();
        threads();
        outputs();
        lists();
        period();
        var generate = workload.input().generate();
        if (generate != null) {
            generate(generate);
        }
    }

    private void input() {
        var input = workload.input();
        var named = new java.util.ArrayList<String>();
        if (input.generate() != null) {
            named.add("generate");
        }
        if (input.dataset() != null) {
            named.add("dataset");
        }
        if (input.s3() != null) {
            named.add("s3");
        }
        if (named.isEmpty()) {
            found.add("input", "input names none of generate, dataset and s3; give one of them");
        } else if (named.size() > 1) {
            found.add("input", "input names %s; keep one of them".formatted(String.join(" and ", named)));
        }
        if (given.has("input.transport") && input.generate() == null) {
            found.add(
                    "input.transport",
                    "input.transport is %s but it says how generated files are read; remove transport or use generate"
                            .formatted(input.transport()));
        }
    }

    private void store() {
        var input = workload.input();
        if (!input.isThroughStore()) {
            return;
        }
        var s3 = input.s3();
        var field = s3 != null ? "input.s3" : "input.transport";
        var what = s3 != null ? "input.s3 is given" : "input.transport is S3";
        if (workload.strategy() == Strategy.DUCKDB) {
            found.add(field, what + " but strategy DUCKDB has no S3 reader here; read files or use another strategy");
        }
        if (settings.store() == null) {
            found.addOfThisNode(
                    field, what + " but no object store is configured; read files or have a store configured");
        } else if (s3 != null && !settings.buckets().contains(s3.bucket())) {
            found.addOfThisNode(
                    "input.s3.bucket",
                    "input.s3.bucket is %s, which is not allowed; name an allowed bucket".formatted(s3.bucket()));
        }
        if (s3 != null) {
            prefix(s3.prefix());
        }
    }

    private void prefix(String prefix) {
        int bytes = prefix.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (bytes > 512) {
            found.add("input.s3.prefix", "input.s3.prefix has %d bytes; use at most 512".formatted(bytes));
        }
        if (List.of(prefix.split("/", -1)).contains("..")) {
            found.add("input.s3.prefix", "input.s3.prefix is %s, with a segment ..; remove it".formatted(prefix));
        }
    }

    private void threads() {
        var strategy = workload.strategy();
        if (strategy.hasOneThread() && workload.workers() > 1) {
            found.add(
                    "workers",
                    "workers is %d but strategy %s uses one thread; remove workers or use STREAMING_PARALLEL"
                            .formatted(workload.workers(), strategy));
        }
        if (strategy != Strategy.STREAMING_PARALLEL) {
            if (given.has("queueChunks")) {
                found.add(
                        "queueChunks",
                        "queueChunks is %d but strategy %s has no queue; remove queueChunks or use STREAMING_PARALLEL"
                                .formatted(workload.queueChunks(), strategy));
            }
            if (workload.prefetch() == Prefetch.ALL) {
                found.add(
                        "prefetch",
                        "prefetch is ALL but strategy %s does not read ahead; remove prefetch or use STREAMING_PARALLEL"
                                .formatted(strategy));
            }
        }
        if (workload.prefetch() == Prefetch.ALL && given.has("queueChunks")) {
            found.add(
                    "queueChunks",
                    "queueChunks is %d but prefetch ALL queues every chunk; remove queueChunks or use prefetch BOUNDED"
                            .formatted(workload.queueChunks()));
        }
    }

    private void outputs() {
        var generate = workload.input().generate();
        if (!workload.makes(Output.POD)) {
            found.add("outputs", "outputs is %s, without POD; add POD".formatted(workload.outputs()));
        }
        if (workload.makes(Output.STORAGE) && generate != null && generate.volumes() == 0) {
            found.add(
                    "outputs",
                    "outputs holds STORAGE but input.generate.volumes is 0, so that there is no storage table;"
                            + " remove STORAGE or raise volumes");
        }
        if (!workload.isLoading() && workload.outputSchema() != null) {
            found.add(
                    "outputSchema",
                    "outputSchema is %s but loadMethod NONE loads no table; remove outputSchema or use COPY_BINARY"
                            .formatted(workload.outputSchema()));
        }
    }

    private void lists() {
        duplicate(workload.outputs())
                .ifPresent(twice -> found.add("outputs", "outputs holds %s twice; name it once".formatted(twice)));
        duplicate(workload.enabledKeys())
                .ifPresent(
                        twice -> found.add("enabledKeys", "enabledKeys holds %s twice; name it once".formatted(twice)));
    }

    private static <T> java.util.Optional<T> duplicate(List<T> list) {
        var seen = new HashSet<T>();
        return list.stream().filter(element -> !seen.add(element)).findFirst();
    }

    private void period() {
        var period = workload.period();
        if (period == null) {
            return;
        }
        var start = Period.date(period.start());
        var end = Period.date(period.end());
        if (start.isEmpty()) {
            found.add("period.start", "period.start is %s, which is no date; give one".formatted(period.start()));
        }
        if (end.isEmpty()) {
            found.add("period.end", "period.end is %s, which is no date; give one".formatted(period.end()));
        }
        if (start.isEmpty() || end.isEmpty()) {
            return;
        }
        long days = ChronoUnit.DAYS.between(start.get(), end.get()) + 1;
        if (days < 1) {
            found.add(
                    "period",
                    "period.start %s is after period.end %s; swap them".formatted(period.start(), period.end()));
        } else if (days > MAX_PERIOD_DAYS) {
            found.add(
                    "period",
                    "period has %d days from %s to %s; use at most %d"
                            .formatted(days, period.start(), period.end(), MAX_PERIOD_DAYS));
        }
        var generate = workload.input().generate();
        if (generate != null && days >= 1) {
            var month = generate.yearMonth();
            if (end.get().isBefore(month.atDay(1)) || start.get().isAfter(month.atEndOfMonth())) {
                found.add(
                        "period",
                        "period %s to %s holds no day of input.generate.month %s; move either"
                                .formatted(period.start(), period.end(), month));
            }
        }
    }

    private void generate(Generate generate) {
        var scale = generate.scale();
        if (scale != null) {
            for (var name : FIXED_BY_SCALE) {
                var path = "input.generate." + name;
                if (given.has(path)) {
                    found.add(
                            path, "%s is given but scale %s fixes it; remove %s or scale".formatted(path, scale, name));
                }
            }
        } else if (!generate.isSized()) {
            found.add(
                    "input.generate",
                    "input.generate has no scale, and pods %s, nodes %s, namespaces %s; give a scale or all three"
                            .formatted(generate.pods(), generate.nodes(), generate.namespaces()));
            return;
        }
        int monthDays = generate.yearMonth().lengthOfMonth();
        if (generate.days() > monthDays) {
            found.add(
                    "input.generate.days",
                    "input.generate.days is %d but month %s has %d; lower days or change month"
                            .formatted(generate.days(), generate.month(), monthDays));
        }
        atMostPods(generate, "nodes", generate.nodeCount());
        atMostPods(generate, "namespaces", generate.namespaceCount());
        atMostPods(generate, "labelCardinality", generate.labelCardinality());
        if (generate.layout() == PodLayout.PACKED && generate.namespaceCount() > generate.nodeCount()) {
            found.add(
                    "input.generate.layout",
                    "input.generate.layout is PACKED, one namespace a node, but namespaces %d is more than nodes %d;"
                                    .formatted(generate.namespaceCount(), generate.nodeCount())
                            + " lower namespaces or use SPREAD");
        }
        if (generate.podRows() > settings.maxGeneratedRows()) {
            tooManyRows(generate);
        }
    }

    private void tooManyRows(Generate generate) {
        found.beyondLimit(
                "input.generate",
                "input.generate has pods %d x days %d x hoursPerDay %d = %d rows; use at most %d"
                        .formatted(
                                generate.podCount(),
                                generate.days(),
                                generate.hoursPerDay(),
                                generate.podRows(),
                                settings.maxGeneratedRows()));
    }

    private void atMostPods(Generate generate, String name, int value) {
        if (value > generate.podCount()) {
            found.add(
                    "input.generate." + name,
                    "input.generate.%s is %d but pods is %d; lower %s or raise pods"
                            .formatted(name, value, generate.podCount(), name));
        }
    }
}
