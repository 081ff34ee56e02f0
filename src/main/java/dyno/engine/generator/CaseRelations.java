package dyno.engine.generator;

import dyno.engine.JobCase;
import java.util.List;
import java.util.Optional;

/// Figures that follow from a case's score, and its share of what the job's `ZERO` case reached.
final class CaseRelations {

    private static final double GIGABYTE = 1e9;
    private static final double GIBIBYTE = 1L << 30;

    private final List<JobCase<GeneratorWorkload>> cases;
    private final int projectionCores;

    CaseRelations(List<JobCase<GeneratorWorkload>> cases, int projectionCores) {
        this.cases = cases;
        this.projectionCores = projectionCores;
    }

    void relate() {
        for (var job : cases) {
            Double score = job.score();
            if (score != null) {
                relate(job, score);
            }
        }
    }

    private void relate(JobCase<GeneratorWorkload> job, double score) {
        var metrics = job.metrics();
        metrics.put("gigabytesPerSecond", score / GIGABYTE).put("gibibytesPerSecond", score / GIBIBYTE);
        var totals = job.totals();
        if (totals != null) {
            metrics.put("meanBytesPerSecond", totals.bytes() / totals.seconds())
                    .put("slowestBytesPerSecond", totals.slowestPerSecond())
                    .put("fastestBytesPerSecond", totals.fastestPerSecond());
        }
        metrics.put("bytesPerSecondPerThread", score / job.workload().threadsUsed());
        perCore(job, score);
        zeroCase(job.workload())
                .map(JobCase::score)
                .ifPresentOrElse(
                        zero -> metrics.put("shareOfZero", score / zero),
                        () -> metrics.absent("shareOfZero", "NO_ZERO_CASE"));
    }

    private void perCore(JobCase<GeneratorWorkload> job, double score) {
        var metrics = job.metrics();
        if (metrics.values().get("coresUsed") instanceof Number cores) {
            double perCore = score / cores.doubleValue();
            metrics.put("bytesPerSecondPerCore", perCore)
                    .put("projectedBytesPerSecond", perCore * projectionCores)
                    .put("projectedCores", projectionCores)
                    .put("projection", "LINEAR_EXTRAPOLATION_NOT_MEASURED");
        } else {
            metrics.absent("bytesPerSecondPerCore", "CORES_UNKNOWN")
                    .absent("projectedBytesPerSecond", "CORES_UNKNOWN")
                    .put("projectedCores", projectionCores)
                    .put("projection", "LINEAR_EXTRAPOLATION_NOT_MEASURED");
        }
    }

    private Optional<JobCase<GeneratorWorkload>> zeroCase(GeneratorWorkload workload) {
        return cases.stream()
                .filter(job -> job.score() != null && isCeilingOf(workload, job.workload()))
                .findFirst();
    }

    private static boolean isCeilingOf(GeneratorWorkload workload, GeneratorWorkload zero) {
        return zero.algorithm() == Algorithm.ZERO
                && zero.mode() == Mode.DIRECT
                && zero.totalBytes() == workload.totalBytes()
                && zero.chunkBytes() == workload.chunkBytes()
                && zero.threads() == workload.threads()
                && zero.streams() == workload.streams()
                && zero.buffer() == workload.buffer()
                && zero.sink() == workload.sink()
                && zero.numa() == workload.numa();
    }
}
