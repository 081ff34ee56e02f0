package dyno.engine.aggregation;

import dyno.engine.JobCase;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What only the whole job knows: how a case compares with the peer, with one worker, and with slower
/// ways of doing the same. Stateless.
final class CaseRelations {

    private CaseRelations() {}

    static void relate(List<JobCase<AggregationWorkload>> cases) {
        for (var one : cases) {
            overPeer(one, cases);
            overOneWorker(one, cases);
            overSlowerWay(one, cases);
            Bars.put(one);
        }
    }

    /// Score over that of the job's `DUCKDB` case with sums of doubles that does the same with as many threads.
    private static void overPeer(JobCase<AggregationWorkload> one, List<JobCase<AggregationWorkload>> cases) {
        if (one.workload().strategy() == Strategy.DUCKDB) {
            return;
        }
        put(
                one,
                "speedupOverDuckDb",
                "NO_DUCKDB_CASE",
                cases.stream()
                        .filter(other -> other.workload().strategy() == Strategy.DUCKDB)
                        .filter(other -> other.workload().sums() == Sums.DOUBLE)
                        .filter(other ->
                                other.workload().workers() == one.workload().workers())
                        .filter(other -> doesTheSame(one.workload(), other.workload()))
                        .filter(other ->
                                other.workload().labelMode() == one.workload().labelMode())
                        .findFirst());
    }

    /// Score over that of the same case with one worker.
    private static void overOneWorker(JobCase<AggregationWorkload> one, List<JobCase<AggregationWorkload>> cases) {
        var workload = one.workload();
        if (workload.strategy() != Strategy.STREAMING_PARALLEL || workload.workers() == 1) {
            return;
        }
        put(
                one,
                "speedupOverOneWorker",
                "NO_CASE_WITH_ONE_WORKER",
                cases.stream()
                        .filter(other -> other.workload().strategy() == Strategy.STREAMING_PARALLEL)
                        .filter(other -> other.workload().workers() == 1)
                        .filter(other -> doesTheSame(workload, other.workload()))
                        .filter(other -> other.workload().chunkRows() == workload.chunkRows())
                        .filter(other -> other.workload().labelMode() == workload.labelMode())
                        .filter(other -> other.workload().sums() == workload.sums())
                        .filter(other -> other.workload().prefetch() == workload.prefetch())
                        .findFirst());
    }

    /// Score over that of the same case that parses labels row by row, and over that of sums of doubles.
    private static void overSlowerWay(JobCase<AggregationWorkload> one, List<JobCase<AggregationWorkload>> cases) {
        var workload = one.workload();
        var alike = cases.stream()
                .filter(other -> other.workload().strategy() == workload.strategy())
                .filter(other -> other.workload().workers() == workload.workers())
                .filter(other -> other.workload().chunkRows() == workload.chunkRows())
                .filter(other -> doesTheSame(workload, other.workload()))
                .toList();
        if (workload.labelMode() == LabelMode.PER_DISTINCT) {
            alike.stream()
                    .filter(other -> other.workload().labelMode() == LabelMode.PER_ROW)
                    .filter(other -> other.workload().sums() == workload.sums())
                    .findFirst()
                    .ifPresent(other -> put(one, "speedupOverPerRow", "NO_SCORE", Optional.of(other)));
        }
        if (workload.sums() == Sums.EXACT) {
            alike.stream()
                    .filter(other -> other.workload().sums() == Sums.DOUBLE)
                    .filter(other -> other.workload().labelMode() == workload.labelMode())
                    .findFirst()
                    .ifPresent(other -> put(one, "speedupOverDoubleSums", "NO_SCORE", Optional.of(other)));
        }
    }

    private static boolean doesTheSame(AggregationWorkload a, AggregationWorkload b) {
        return a.input().equals(b.input())
                && a.outputs().equals(b.outputs())
                && a.enabledKeys().equals(b.enabledKeys())
                && Objects.equals(a.period(), b.period())
                && a.costCategories().equals(b.costCategories())
                && a.loadMethod() == b.loadMethod();
    }

    private static void put(
            JobCase<AggregationWorkload> one,
            String metric,
            String reason,
            Optional<JobCase<AggregationWorkload>> other) {
        var score = one.score();
        Double base = other.isPresent() ? other.get().score() : null;
        if (score == null || base == null || base == 0) {
            one.metrics().absent(metric, reason);
        } else {
            one.metrics().put(metric, score / base);
        }
    }
}
