package dyno.engine.aggregation;

import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Checks a result against an independent computation, against itself, and against the table it was loaded into.
final class Verifier {

    private static final long WHOLE_INPUT_ROWS = 2_000_000;
    private static final int ODD_CHUNK_ROWS = 7_919;
    private static final int[] OTHER_WORKERS = {1, 3};
    private static final double RELATIVE = 1e-9;

    private final AggregationWorkload workload;
    private final TrialInput input;
    private final InputTables tables;
    private final TrialContext context;
    private final AggregationSettings settings;
    private final List<Long> checksums;

    Verifier(
            AggregationWorkload workload,
            TrialInput input,
            TrialContext context,
            AggregationSettings settings,
            List<Long> checksums) {
        this.workload = workload;
        this.input = input;
        this.tables = input.tables();
        this.context = context;
        this.settings = settings;
        this.checksums = checksums;
    }

    /// What was loaded where.
    ///
    /// @param span    what the load replaced
    /// @param outside rows of the source that were there before, outside of `span`
    record Loaded(Loader loader, Loader.Span span, long outside) {}

    /// @param loaded null where nothing was
    Verification verify(Result result, @Nullable Loaded loaded) throws IOException, InterruptedException {
        var lines = CanonicalLines.of(result);
        var digest = CanonicalLines.digest(lines);
        var checks = new ArrayList<Check>(independent(lines, result));
        if (workload.strategy().isStreaming()) {
            checks.add(Check.of("sameResultAnyChunking", chunking(digest, result)));
        }
        checks.add(Check.of("digestStable", stable()));
        if (loaded != null) {
            var table = loaded.loader().lines(workload, loaded.span());
            checks.add(Check.of("tableEqualsResult", LineComparison.exact(lines, table)));
            checks.add(Check.of("replaceIdempotent", replaced(lines.size(), loaded)));
        }
        checks.add(Check.of("inputUnchanged", tables.change()));
        return workload.sums() == Sums.DOUBLE && workload.strategy() == Strategy.DUCKDB
                ? new Verification(null, "ORDER_OF_DOUBLE_SUMS", checks)
                : new Verification(digest, null, checks);
    }

    /// Nothing of the reference is kept: its lines take as much memory as the result's.
    private List<Check> independent(List<byte[]> lines, Result result) throws IOException, InterruptedException {
        var reference = Reference.of(workload, input.local(), context);
        boolean isDuck = workload.strategy() == Strategy.DUCKDB;
        return List.of(
                Check.of(
                        "matchesReference",
                        isDuck ? againstStreaming(lines) : againstReference(reference, lines, result)),
                Check.of("sumsConserved", sums(reference, result)));
    }

    private static @Nullable String replaced(int rows, Loaded loaded) {
        long[] found = loaded.loader().rowsWithinAndOutside(loaded.span());
        return found[0] == rows && found[1] == loaded.outside()
                ? null
                : "%d rows within the period and %d outside, but the result has %d and outside were %d"
                        .formatted(found[0], found[1], rows, loaded.outside());
    }

    private @Nullable String againstReference(Reference reference, List<byte[]> lines, Result result) {
        var difference = compare(reference.lines(), lines);
        if (difference != null) {
            return difference;
        }
        var counts = result.counts();
        var found = new Reference.Counts(counts.inPeriod, counts.anomalous, counts.withoutNode, counts.malformedLabels);
        return found.equals(reference.counts())
                ? null
                : "counted %s instead of %s".formatted(found, reference.counts());
    }

    private @Nullable String againstStreaming(List<byte[]> lines) throws IOException, InterruptedException {
        return compare(CanonicalLines.of(run(workload.exact().with(Strategy.STREAMING, ODD_CHUNK_ROWS, 1))), lines);
    }

    private @Nullable String compare(List<byte[]> expected, List<byte[]> found) {
        return workload.sums() == Sums.EXACT
                ? LineComparison.exact(expected, found)
                : LineComparison.tolerant(expected, found);
    }

    private @Nullable String sums(Reference reference, Result result) {
        for (var metric : Metric.values()) {
            var expected = reference.totals().get(metric.index());
            if (workload.sums() == Sums.EXACT) {
                var found = result.podTotals().get(metric.index());
                if (!found.equals(expected)) {
                    return "%s adds up to %s over groups, but to %s over rows"
                            .formatted(metric.column(), found, expected);
                }
            } else {
                var difference = roughly(metric, expected, result);
                if (difference != null) {
                    return difference;
                }
            }
        }
        return null;
    }

    /// Sums of doubles: rows are rounded to the sixth decimal, each by half a millionth at most.
    private static @Nullable String roughly(Metric metric, BigInteger expected, Result result) {
        var total = BigInteger.ZERO;
        long rows = 0;
        for (var part : result.parts()) {
            for (int row = 0; row < part.size(); row++) {
                var micros = part.exact(row, metric.index());
                if (micros != null && part.kind(row) == Output.POD) {
                    total = total.add(micros);
                    rows++;
                }
            }
        }
        double found = new BigDecimal(total, 6).doubleValue();
        double wanted = new BigDecimal(Micros.wideHours(expected, metric.shift()), 6).doubleValue();
        return Math.abs(found - wanted) <= rows * 1e-6 + RELATIVE * Math.abs(wanted)
                ? null
                : "%s adds up to %s over groups, but to %s over rows".formatted(metric.column(), found, wanted);
    }

    private @Nullable String chunking(String digest, Result result) throws IOException, InterruptedException {
        if (context.depth() == Depth.SHORT || workload.sums() == Sums.DOUBLE) {
            return chunkingOf(workload.exact().with(Strategy.STREAMING_PARALLEL, ODD_CHUNK_ROWS, 3), null);
        }
        var base = workload;
        @Nullable String expected = digest;
        if (tables.rows(Table.POD_USAGE) > WHOLE_INPUT_ROWS) {
            var first = LocalDate.ofEpochDay(result.counts().firstDay).toString();
            base = workload.within(new Period(first, first));
            expected = CanonicalLines.digest(CanonicalLines.of(run(base)));
        }
        for (int workers : OTHER_WORKERS) {
            var difference = chunkingOf(base.with(Strategy.STREAMING_PARALLEL, ODD_CHUNK_ROWS, workers), expected);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    /// @param expected null to compare with one thread and one chunk after the other
    private @Nullable String chunkingOf(AggregationWorkload other, @Nullable String expected)
            throws IOException, InterruptedException {
        var wanted = Objects.requireNonNullElseGet(expected, () -> "");
        if (expected == null) {
            wanted = CanonicalLines.digest(
                    CanonicalLines.of(run(other.with(Strategy.STREAMING, workload.chunkRows(), 1))));
        }
        var found = CanonicalLines.digest(CanonicalLines.of(run(other)));
        return found.equals(wanted)
                ? null
                : "chunkRows %d and workers %d give %s instead of %s"
                        .formatted(other.chunkRows(), other.workers(), found, wanted);
    }

    private Result run(AggregationWorkload other) throws IOException, InterruptedException {
        try (var aggregation = new Aggregation(other, tables, context.cancellation(), settings.textCacheBytes())) {
            return aggregation.run();
        }
    }

    private @Nullable String stable() {
        if (workload.strategy() == Strategy.DUCKDB && workload.sums() == Sums.DOUBLE) {
            // Its threads add doubles in any order; that rows agree with exact sums is checked above.
            return null;
        }
        return checksums.stream().distinct().count() <= 1
                ? null
                : "invocations gave the checksums %s"
                        .formatted(checksums.stream().distinct().limit(5).toList());
    }
}
