package dyno.engine.etl;

import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.engine.etl.EtlWorkload.FailureMode;
import dyno.engine.etl.EtlWorkload.HandOver;
import dyno.engine.etl.EtlWorkload.OnError;
import dyno.engine.etl.EtlWorkload.SinkKind;
import dyno.engine.etl.PipelineResult.Counters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Checks what the invocations did, after them, and takes the digest of their output. Used by one thread.
final class EtlVerification {

    private static final long MOST_COMPUTED = 10_000_000;
    private static final long MOST_DIGESTED = 1_000_000;
    private static final long SHORT_DIGESTED = 10_000;
    private static final long OTHERWISE_DIGESTED = 10_000;
    private static final int INPUT_LINES = 1_000;

    private final EtlWorkload workload;
    private final TrialContext context;
    private final Subject subject;
    private final List<Check> checks = new ArrayList<>();
    private Fleet.@Nullable Outcome profile;

    /// What is looked at.
    record Subject(
            Fleet fleet,
            EtlSink sink,
            List<Fleet.Outcome> outcomes,
            RecordSize recordSize,
            @Nullable Supplier<Source<OriginalUser, ObjectBatch<OriginalUser>>> input) {}

    /// Runs the pipelines once more with stage clocks.
    interface Profiling {
        Fleet.Outcome run() throws IOException, InterruptedException;
    }

    EtlVerification(EtlWorkload workload, TrialContext context, Subject subject) {
        this.workload = workload;
        this.context = context;
        this.subject = subject;
    }

    /// The outcome of the profiled pass; null where there was none.
    Fleet.@Nullable Outcome profile() {
        return profile;
    }

    Verification verify(Profiling profiling) throws IOException, InterruptedException {
        boolean isKept = workload.target() != null;
        boolean isGenerated = workload.input() == null;
        check("exactlyOnce", exactlyOnce(isGenerated));
        check(
                "hooksOnce",
                subject.fleet().isEveryHookOnce()
                        ? null
                        : "hooks were " + subject.fleet().hookCounts());
        check("batchWithinLimits", batches());
        check("liveWithinBound", live());
        if (workload.sink() != SinkKind.COUNT) {
            check("sinkAgrees", subject.sink().disagreement(sinkExpected()));
        }
        String digest = null;
        if (!isKept) {
            profile = profiling.run();
            digest = digestPass();
        }
        if (isGenerated) {
            check("inputBytesMatch", InputLines.difference(workload, INPUT_LINES));
            check("bytesPerRecord", recordSize());
        }
        check(
                "noThreadLeft",
                subject.fleet().busyAfterwards() == 0
                        ? null
                        : subject.fleet().busyAfterwards() + " tasks had not ended when their run was over");
        return new Verification(
                digest == null ? null : "sha256:" + digest, digest == null ? "KEPT_LOAD" : null, checks);
    }

    private void check(String name, @Nullable String difference) {
        checks.add(Check.of(name, difference));
    }

    private @Nullable String exactlyOnce(boolean isGenerated) {
        var first = subject.outcomes().getFirst().counters();
        boolean isComputed = isGenerated && isPredictable() && subject.fleet().records() <= MOST_COMPUTED;
        var expected = isComputed ? Expectation.of(workload, workload.transform(), MOST_COMPUTED, false) : null;
        for (var outcome : subject.outcomes()) {
            var counters = outcome.counters();
            long accounted = counters.loaded() + counters.deadLettered() + counters.filtered();
            if (counters.extracted() != accounted) {
                return "%d extracted, but %d loaded, %d dead letters and %d filtered"
                        .formatted(
                                counters.extracted(), counters.loaded(), counters.deadLettered(), counters.filtered());
            }
            if (isGenerated && counters.extracted() != subject.fleet().records()) {
                return "%d extracted of %d records"
                        .formatted(counters.extracted(), subject.fleet().records());
            }
            if (expected != null) {
                var difference = difference(counters, expected.records(), expected.sum(), expected.xor());
                if (difference != null) {
                    return difference;
                }
            } else if (isPredictable()) {
                var difference = difference(counters, first.loaded(), first.sum(), first.xor());
                if (difference != null) {
                    return difference;
                }
            }
        }
        return null;
    }

    private static @Nullable String difference(Counters counters, long loaded, long sum, long xor) {
        return counters.loaded() == loaded && counters.sum() == sum && counters.xor() == xor
                ? null
                : "count %d, sum %016x, xor %016x instead of count %d, sum %016x, xor %016x"
                        .formatted(counters.loaded(), counters.sum(), counters.xor(), loaded, sum, xor);
    }

    /// Whether it is known beforehand which records are loaded.
    private boolean isPredictable() {
        return workload.onError() == OnError.FAIL
                || workload.failureMode() == FailureMode.POISON
                || workload.failureMode() == FailureMode.NONE
                || (workload.failureAttempts() < workload.maxAttempts()
                        && workload.failureMode() != FailureMode.ALWAYS);
    }

    private @Nullable String batches() {
        boolean isRecord = workload.handOver() == HandOver.RECORD;
        for (var outcome : subject.outcomes()) {
            var counters = outcome.counters();
            if (counters.largestBatch() > workload.largestBatch()) {
                return "a batch had %d records, more than %d"
                        .formatted(counters.largestBatch(), workload.largestBatch());
            }
            Long bytes = workload.batchBytes();
            if (bytes != null && counters.largestBatchBytes() > bytes) {
                return "a batch had %d bytes, more than %d".formatted(counters.largestBatchBytes(), bytes);
            }
            if (bytes != null
                    || workload.isAdaptive()
                    || workload.targetRatePerSecond() != null
                    || workload.input() != null) {
                continue;
            }
            long least = workload.pipelines() * Math.ceilDiv(workload.records(), (long) workload.batchSize());
            long most = least + (isRecord ? (long) workload.pipelines() * (workload.workers() - 1) : 0);
            boolean isTooMany = counters.batches() > most && counters.agedBatches() == 0;
            if (counters.batches() < least || isTooMany) {
                return "%d batches, not %d to %d".formatted(counters.batches(), least, most);
            }
        }
        return null;
    }

    private @Nullable String live() {
        long bound = EtlEstimate.liveBound(workload, context.machine()) * workload.resolvedSlots();
        for (var outcome : subject.outcomes()) {
            long live = outcome.counters().liveHighWater();
            if (workload.pipelines() == workload.resolvedSlots() && live > bound) {
                return "%d records were alive at a time, more than %d".formatted(live, bound);
            }
        }
        return null;
    }

    private EtlSink.Expected sinkExpected() {
        var last = subject.outcomes().getLast().counters();
        boolean isComputed =
                workload.input() == null && isPredictable() && subject.fleet().records() <= MOST_DIGESTED;
        return isComputed
                // Users of fifteen tables are counted there; nobody compares their lines of 68 KB.
                ? Expectation.of(
                                workload,
                                workload.transform(),
                                MOST_DIGESTED,
                                workload.transform() != TransformKind.ROWS)
                        .ofSink()
                : new EtlSink.Expected(last.loaded(), null, null, null, null);
    }

    private @Nullable String recordSize() {
        Double bytes = subject.recordSize().bytes();
        int least = RecordSize.least(workload);
        return bytes != null && bytes < least
                ? "a record takes %.0f bytes, less than %d".formatted(bytes, least)
                : null;
    }

    /// @return the digest
    private String digestPass() throws IOException, InterruptedException {
        long limit = context.depth() == Depth.SHORT ? SHORT_DIGESTED : MOST_DIGESTED;
        var plain = DigestPass.of(workload);
        var digested = digest(plain, limit);
        if (workload.input() != null) {
            if (context.depth() == Depth.FULL) {
                check("sameDigestAllStrategies", otherStrategies(plain, limit, digested));
            }
            return digested.digest();
        }
        check("digestMatchesReference", sameAs(expected(plain, limit), digested));
        if (context.depth() == Depth.FULL) {
            var expected = expected(plain, OTHERWISE_DIGESTED);
            check("sameDigestAllStrategies", otherStrategies(plain, OTHERWISE_DIGESTED, expected));
        }
        return digested.digest();
    }

    private static LineTotals expected(EtlWorkload plain, long limit) {
        return Objects.requireNonNull(
                Expectation.of(plain, plain.transform(), limit, true).lines());
    }

    private @Nullable String otherStrategies(EtlWorkload plain, long limit, LineTotals expected)
            throws IOException, InterruptedException {
        var other = workload.handOver() == HandOver.RECORD ? HandOver.BATCH : HandOver.RECORD;
        for (int workers : new int[] {1, 3}) {
            var difference = sameAs(expected, digest(DigestPass.otherwise(plain, other, workers, 7), limit));
            if (difference != null) {
                return "handOver %s, workers %d, batchSize 7: %s".formatted(other, workers, difference);
            }
        }
        return null;
    }

    private static @Nullable String sameAs(LineTotals expected, LineTotals found) {
        return found.equals(expected)
                ? null
                : "count %d, sum %016x, xor %016x instead of count %d, sum %016x, xor %016x"
                        .formatted(
                                found.count(),
                                found.sum(),
                                found.xor(),
                                expected.count(),
                                expected.sum(),
                                expected.xor());
    }

    private LineTotals digest(EtlWorkload plain, long limit) throws IOException, InterruptedException {
        var sink = new DigestSink();
        var outside = new Assembly.Outside(
                FaultySink.around(sink, plain),
                subject.input(),
                letter -> {},
                new Latencies(),
                Time.system(),
                context.machine().processors(),
                false,
                limit);
        try (var fleet = new Fleet(plain, outside, context.cancellation())) {
            fleet.run();
        }
        return sink.totals();
    }
}
