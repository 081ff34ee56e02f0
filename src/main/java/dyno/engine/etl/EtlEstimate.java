package dyno.engine.etl;

import dyno.engine.Dataset;
import dyno.engine.Estimate;
import dyno.engine.Machine;
import dyno.engine.etl.EtlWorkload.Generation;
import dyno.engine.etl.EtlWorkload.HandOver;
import dyno.engine.etl.EtlWorkload.RecordShape;
import dyno.engine.etl.EtlWorkload.Scope;
import dyno.engine.etl.EtlWorkload.SinkKind;
import dyno.engine.etl.EtlWorkload.TransformMode;

/// What a case will need, from how many records can be alive at a time.
final class EtlEstimate {

    private static final long MIB = 1 << 20;
    private static final long ORIGINAL_BYTES = 90_000;
    private static final long OBJECT_BYTES = 300;
    private static final long COLUMN_BYTES = 200;
    private static final long OWN_BYTES = 64 * MIB;

    /// Shares of live records that are alive twice: in the batch and in what was made of it, three times with copies.
    private static final int IN_PLACE = 2;

    private static final int COPIED = 3;

    /// What a line becomes as a record, in lines.
    private static final int LINE_SHARE = 3;

    /// Records alive while the output is checked by another pipeline: its two queues and small batches.
    private static final int CHECKED = 1_100;

    /// Of the bars on two cores, roughly, so that jobs get a time to be done in.
    private static final double OPTIMISED_PER_SECOND = 1e6;

    private static final double ORIGINAL_PER_SECOND = 2e4;
    private static final double SINK_PER_SECOND = 1e5;

    private EtlEstimate() {}

    static Estimate of(EtlWorkload workload, Machine machine) {
        return of(workload, machine, workload.records(), recordBytes(workload));
    }

    /// Where users of a dataset are read: its longest line decides.
    static Estimate of(EtlWorkload workload, Machine machine, Dataset dataset) {
        long records = Math.min(workload.records(), UserDatasets.lines(dataset.facts()));
        return of(workload, machine, records, LINE_SHARE * UserDatasets.largestLine(dataset.facts()));
    }

    private static Estimate of(EtlWorkload workload, Machine machine, long records, long recordBytes) {
        double live = (double) Math.min(records, liveBound(workload, machine)) * workload.resolvedSlots();
        live = Math.max(live, Math.min((double) records * workload.pipelines(), CHECKED));
        double heap =
                live * recordBytes * (workload.transformMode() == TransformMode.COPY ? COPIED : IN_PLACE) + OWN_BYTES;
        if (workload.generation() == Generation.PREPARED) {
            heap += (double) workload.records() * workload.pipelines() * recordBytes(workload);
        }
        if (workload.scope() == Scope.COPY) {
            heap += (double) ScopeTrial.prepared(workload) * recordBytes(workload);
        }
        double all = (double) records * workload.pipelines();
        double seconds = all / perSecond(workload);
        long scratch = workload.sink() == SinkKind.FILE ? (long) (all * lineBytes(workload)) : 0;
        return new Estimate((long) Math.min(heap, 1L << 50), 0, scratch, 2 + 3 * seconds, seconds);
    }

    /// Most records alive at a time in one pipeline.
    static long liveBound(EtlWorkload workload, Machine machine) {
        return Assembly.settings(workload, machine.processors(), 0).liveBound(workload.records());
    }

    private static long recordBytes(EtlWorkload workload) {
        if (workload.recordShape() == RecordShape.ORIGINAL) {
            return ORIGINAL_BYTES;
        }
        return workload.isColumnar() ? COLUMN_BYTES : OBJECT_BYTES;
    }

    private static int lineBytes(EtlWorkload workload) {
        return workload.recordShape() == RecordShape.ORIGINAL ? 400 : 160;
    }

    private static double perSecond(EtlWorkload workload) {
        double rate = workload.recordShape() == RecordShape.ORIGINAL ? ORIGINAL_PER_SECOND : OPTIMISED_PER_SECOND;
        if (workload.sink() != SinkKind.COUNT) {
            rate = Math.min(rate, SINK_PER_SECOND);
        }
        if (workload.handOver() == HandOver.BATCH && workload.isColumnar() && workload.sink() == SinkKind.COUNT) {
            rate *= 10;
        }
        if (workload.transform() == TransformKind.T3) {
            rate /= Math.max(1, workload.hashRounds() / 4.0);
        }
        Double target = workload.targetRatePerSecond();
        if (target != null) {
            rate = Math.min(rate, target * workload.pipelines());
        }
        if (workload.loadWaitMicros() > 0) {
            rate = Math.min(rate, workload.workers() * workload.batchSize() * 1e6 / workload.loadWaitMicros());
        }
        if (workload.transformWaitMicros() > 0) {
            int atOnce = workload.transformConcurrency() == null ? 10 : workload.transformConcurrency();
            rate = Math.min(rate, workload.workers() * atOnce * 1e6 / workload.transformWaitMicros());
        }
        return rate;
    }
}
