package dyno.engine.etl;

import dyno.engine.JobCase;
import dyno.engine.etl.EtlWorkload.HandOver;
import java.util.List;
import java.util.Objects;

/// Sets cases of one job beside each other: how much faster than the same records, record by record.
///
/// @param cases all of the job
record CaseRelations(List<JobCase<EtlWorkload>> cases) {

    void relate() {
        for (var one : cases) {
            ratioToRecord(one);
        }
    }

    private void ratioToRecord(JobCase<EtlWorkload> one) {
        var workload = one.workload();
        Double score = one.score();
        if (workload.handOver() == HandOver.RECORD || score == null) {
            return;
        }
        for (var other : cases) {
            Double otherScore = other.score();
            if (otherScore != null && otherScore > 0 && isSameRecordByRecord(workload, other.workload())) {
                one.metrics().put("ratioToRecord", score / otherScore);
                return;
            }
        }
    }

    /// The case `record` of the same profile and records.
    private static boolean isSameRecordByRecord(EtlWorkload batch, EtlWorkload other) {
        return other.handOver() == HandOver.RECORD
                && other.transformMode() == batch.transformMode()
                && other.profile() == batch.profile()
                && other.records() == batch.records()
                && other.batchSize() == batch.batchSize()
                && other.workers() == batch.workers()
                && other.sink() == batch.sink()
                && other.scope() == batch.scope()
                && other.generation() == batch.generation()
                && other.pipelines() == batch.pipelines()
                && isSameWork(batch, other);
    }

    private static boolean isSameWork(EtlWorkload batch, EtlWorkload other) {
        return other.recordShape() == batch.recordShape()
                && other.seed() == batch.seed()
                && Objects.equals(other.input(), batch.input())
                && other.hashRounds() == batch.hashRounds()
                && other.transformWaitMicros() == batch.transformWaitMicros()
                && other.loadMethod() == batch.loadMethod()
                && other.tableKind() == batch.tableKind()
                && other.loadWaitMicros() == batch.loadWaitMicros()
                && other.loadJitterMicros() == batch.loadJitterMicros()
                && Objects.equals(other.targetRatePerSecond(), batch.targetRatePerSecond())
                && other.failureMode() == batch.failureMode()
                && Double.compare(other.failureRatio(), batch.failureRatio()) == 0;
    }
}
