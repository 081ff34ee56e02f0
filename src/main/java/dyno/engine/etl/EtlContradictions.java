package dyno.engine.etl;

import dyno.engine.Contradictions;
import dyno.engine.Given;
import dyno.engine.etl.EtlWorkload.Adaptive;
import dyno.engine.etl.EtlWorkload.FailureMode;
import dyno.engine.etl.EtlWorkload.HandOver;
import dyno.engine.etl.EtlWorkload.Layout;
import dyno.engine.etl.EtlWorkload.Profile;
import dyno.engine.etl.EtlWorkload.RecordShape;
import dyno.engine.etl.EtlWorkload.Scope;
import dyno.engine.etl.EtlWorkload.SinkKind;
import dyno.engine.etl.EtlWorkload.TransformMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fields that exclude each other. Every message names them with their values, says why, and then what would work.
final class EtlContradictions {

    private static final long MOST_QUEUED = 4_194_304;

    private final EtlWorkload workload;
    private final Given given;
    private final Contradictions found;

    EtlContradictions(EtlWorkload workload, Given given, Contradictions found) {
        this.workload = workload;
        this.given = given;
        this.found = found;
    }

    void find() {
        queue();
        layout();
        extractors();
        profile();
        input();
        sink();
        kept();
        adaptive();
        failures();
        scope();
        if (workload.pipelineSlots() != null && workload.pipelineSlots() > workload.pipelines()) {
            add(
                    "pipelineSlots",
                    "`pipelineSlots` is %d but `pipelines` is %d: no more can run at once than there are",
                    "Use pipelineSlots of at most %d, or more pipelines".formatted(workload.pipelines()),
                    workload.pipelineSlots(),
                    workload.pipelines());
        }
    }

    private void queue() {
        Integer capacity = workload.queueCapacity();
        boolean isBatch = workload.handOver() == HandOver.BATCH;
        if (capacity == null && workload.resolvedQueueCapacity() > MOST_QUEUED) {
            add(
                    "queueCapacity",
                    "`queueCapacity` null is %s × `workers` × 2 = %d, more than 4194304 records may wait",
                    "Give a queueCapacity, or smaller batches or fewer workers",
                    workload.isAdaptive() ? "`maxBatchSize`" : "`batchSize`",
                    workload.resolvedQueueCapacity());
        }
        if (capacity == null || !isBatch) {
            return;
        }
        if (workload.isAdaptive() && capacity < workload.maxBatchSize()) {
            add(
                    "queueCapacity",
                    "`queueCapacity` is %d but `maxBatchSize` is %d: with `handOver` BATCH a whole batch must fit in the"
                            + " queue",
                    "Use a queueCapacity of at least %d, or handOver RECORD".formatted(workload.maxBatchSize()),
                    capacity,
                    workload.maxBatchSize());
        } else if (!workload.isAdaptive() && capacity < workload.batchSize()) {
            add(
                    "queueCapacity",
                    "`queueCapacity` is %d but `batchSize` is %d: with `handOver` BATCH a whole batch must fit in the"
                            + " queue",
                    "Use a queueCapacity of at least %d, or handOver RECORD".formatted(workload.batchSize()),
                    capacity,
                    workload.batchSize());
        }
    }

    private void layout() {
        if (workload.layout() != Layout.COLUMNS) {
            return;
        }
        if (workload.handOver() == HandOver.RECORD) {
            columnsWith("`handOver` is RECORD", "columns are handed over by the batch", "handOver BATCH");
        }
        if (workload.transformMode() == TransformMode.COPY) {
            columnsWith("`transformMode` is COPY", "columns have no records to copy", "transformMode IN_PLACE");
        }
        if (workload.input() != null) {
            columnsWith("`input` names a dataset", "its users have lists", "generated OPTIMISED records");
        } else if (workload.recordShape() == RecordShape.ORIGINAL) {
            columnsWith("`recordShape` is ORIGINAL", "original records have lists", "recordShape OPTIMISED");
        }
    }

    private void columnsWith(String other, String reason, String instead) {
        add("layout", "`layout` is COLUMNS but %s: %s", "Use layout OBJECTS, or %s".formatted(instead), other, reason);
    }

    private void extractors() {
        Integer extractors = workload.extractors();
        if (extractors == null || extractors == 1) {
            return;
        }
        String other = workload.handOver() == HandOver.RECORD
                ? "`handOver` is RECORD: its queue has one producer"
                : workload.targetRatePerSecond() != null
                        ? "`targetRatePerSecond` is %s: one thread follows the schedule"
                                .formatted(workload.targetRatePerSecond())
                        : workload.input() != null ? "`input` names a dataset: its lines are read in order" : null;
        if (other != null) {
            add("extractors", "`extractors` is %d but %s", "Use extractors 1", extractors, other);
        }
    }

    private void profile() {
        var profile = workload.profile();
        var shape = EtlDefaults.of(profile).recordShape();
        boolean isFree = profile == Profile.NETWORK || profile == Profile.DATABASE;
        if (!isFree && workload.input() == null && workload.recordShape() != shape) {
            add(
                    "recordShape",
                    "`recordShape` is %s but `profile` is %s: its transform is made for %s records",
                    shape == RecordShape.ORIGINAL
                            ? "Use recordShape ORIGINAL, or another profile"
                            : "Use recordShape OPTIMISED, or profile ORIGINAL, NETWORK or DATABASE",
                    workload.recordShape(),
                    profile,
                    shape);
        }
        if (given.has("hashRounds") && profile != Profile.HEAVY) {
            add(
                    "hashRounds",
                    "`hashRounds` is %d but `profile` is %s: only HEAVY hashes",
                    "Leave hashRounds out, or use profile HEAVY",
                    workload.hashRounds(),
                    profile);
        }
    }

    private void input() {
        if (workload.input() == null) {
            return;
        }
        var profile = workload.profile();
        if (profile != Profile.DATABASE && profile != Profile.NETWORK && profile != Profile.ORIGINAL) {
            add(
                    "profile",
                    "`input` names a dataset but `profile` is %s: datasets hold users in the shape of ORIGINAL",
                    "Use profile DATABASE, NETWORK or ORIGINAL",
                    profile);
        }
        for (var field : List.of("recordShape", "generation", "generationBlock", "seed")) {
            if (given.has(field)) {
                add(
                        field,
                        "`%s` is given but `input` names a dataset: nothing is generated",
                        "Leave %s out, or input".formatted(field),
                        field);
            }
        }
        if (workload.pipelines() > 1) {
            add(
                    "pipelines",
                    "`pipelines` is %d but `input` names a dataset: each would load all of it",
                    "Use pipelines 1",
                    workload.pipelines());
        }
    }

    private void sink() {
        if (workload.sink() == SinkKind.POSTGRES && workload.profile() != Profile.DATABASE) {
            add(
                    "sink",
                    "`sink` is POSTGRES but `profile` is %s: only DATABASE knows tables for its rows",
                    "Use profile DATABASE, or another sink",
                    workload.profile());
        }
        if (workload.sink() != SinkKind.POSTGRES) {
            for (var field : List.of("loadMethod", "tableKind", "target", "targetSchema", "onConflict")) {
                needs(field, "POSTGRES", "there is no table");
            }
        }
        if (workload.sink() != SinkKind.COUNT) {
            needs("loadWaitMicros", "COUNT", "a real sink takes its own time");
            needs("loadJitterMicros", "COUNT", "a real sink takes its own time");
        }
    }

    private void needs(String field, String sink, String reason) {
        if (given.has(field)) {
            add(
                    field,
                    "`%s` is given but `sink` is %s: %s",
                    "Leave %s out, or use sink %s".formatted(field, sink),
                    field,
                    workload.sink(),
                    reason);
        }
    }

    private void kept() {
        if (workload.target() == null && workload.targetSchema() == null) {
            return;
        }
        if (workload.target() == null) {
            add(
                    "target",
                    "`targetSchema` is %s but `target` is null: a schema is of a target",
                    "Give a target, or leave targetSchema out",
                    workload.targetSchema());
            return;
        }
        if (workload.targetSchema() == null) {
            add(
                    "targetSchema",
                    "`target` is %s but `targetSchema` is null: nobody knows which schema to keep the rows in",
                    "Give a targetSchema, or leave target out",
                    workload.target());
        }
        keptWithout("adaptiveBatching", workload.isAdaptive(), workload.adaptiveBatching());
        keptWithout("batchBytes", workload.batchBytes() != null, workload.batchBytes());
        keptWithout("targetRatePerSecond", workload.targetRatePerSecond() != null, workload.targetRatePerSecond());
        keptWithout("failureMode", workload.failureMode() != FailureMode.NONE, workload.failureMode());
        keptWithout("pipelines", workload.pipelines() > 1, workload.pipelines());
        // Several threads, and workers that collect records, make other batches of the same lines in each run.
        keptWithout("handOver", workload.handOver() == HandOver.RECORD, workload.handOver());
        Integer extractors = workload.extractors();
        keptWithout("extractors", extractors != null && extractors > 1, extractors);
    }

    private void keptWithout(String field, boolean isGiven, @Nullable Object value) {
        if (isGiven) {
            add(
                    field,
                    "`%s` is %s but `target` is %s: batches of a kept load are blocks of batchSize lines, loaded once",
                    "Leave %s out, or target".formatted(field),
                    field,
                    value,
                    workload.target());
        }
    }

    private void adaptive() {
        var mode = workload.adaptiveBatching();
        Long target = workload.adaptiveTargetPerSecond();
        if (mode == Adaptive.RATIO && target == null) {
            add(
                    "adaptiveTargetPerSecond",
                    "`adaptiveBatching` is RATIO but `adaptiveTargetPerSecond` is null: it has nothing to steer to",
                    "Give adaptiveTargetPerSecond, or use HILL_CLIMB");
        }
        if (mode != Adaptive.RATIO && target != null) {
            add(
                    "adaptiveTargetPerSecond",
                    "`adaptiveTargetPerSecond` is %d but `adaptiveBatching` is %s: only RATIO steers to a target",
                    "Leave adaptiveTargetPerSecond out, or use RATIO",
                    target,
                    mode);
        }
        if (mode == Adaptive.OFF) {
            return;
        }
        if (workload.minBatchSize() > workload.batchSize() || workload.batchSize() > workload.maxBatchSize()) {
            add(
                    "batchSize",
                    "`batchSize` is %d but must lie between `minBatchSize` %d and `maxBatchSize` %d while"
                            + " `adaptiveBatching` is %s",
                    "Use minBatchSize ≤ batchSize ≤ maxBatchSize",
                    workload.batchSize(),
                    workload.minBatchSize(),
                    workload.maxBatchSize(),
                    mode);
        }
        if (workload.batchBytes() != null) {
            add(
                    "batchBytes",
                    "`batchBytes` is %d but `adaptiveBatching` is %s: two rules would decide where a batch ends",
                    "Leave batchBytes out, or use adaptiveBatching OFF",
                    workload.batchBytes(),
                    mode);
        }
    }

    private void failures() {
        var mode = workload.failureMode();
        boolean isRatioUsed = mode == FailureMode.TRANSIENT || mode == FailureMode.POISON || mode == FailureMode.STALL;
        if (!isRatioUsed && workload.failureRatio() > 0) {
            add(
                    "failureRatio",
                    "`failureRatio` is %s but `failureMode` is %s: it strikes %s",
                    "Use failureRatio 0, or failureMode TRANSIENT, POISON or STALL",
                    workload.failureRatio(),
                    mode,
                    mode == FailureMode.NONE ? "nothing" : "every load");
        }
        if (isRatioUsed && workload.failureRatio() == 0) {
            add(
                    "failureRatio",
                    "`failureRatio` is 0 but `failureMode` is %s: nothing would fail",
                    "Use a failureRatio above 0, or failureMode NONE",
                    mode);
        }
    }

    private void scope() {
        var scope = workload.scope();
        if (scope == Scope.PIPELINE) {
            return;
        }
        if (workload.sink() != SinkKind.COUNT) {
            scopeWith("sink", workload.sink(), "nothing is loaded", "sink COUNT");
        }
        if (workload.input() != null) {
            scopeWith("input", "a dataset", "records are generated", "generated records");
        }
        if (workload.targetRatePerSecond() != null) {
            scopeWith("targetRatePerSecond", workload.targetRatePerSecond(), "it goes as fast as it can", "none");
        }
        if (workload.failureMode() != FailureMode.NONE) {
            scopeWith("failureMode", workload.failureMode(), "no load can fail", "failureMode NONE");
        }
    }

    private void scopeWith(String field, Object value, String reason, String instead) {
        add(
                field,
                "`%s` is %s but `scope` is %s: %s",
                "Use %s, or scope PIPELINE".formatted(instead),
                field,
                value,
                workload.scope(),
                reason);
    }

    private void add(String field, String wrong, String right, @Nullable Object... values) {
        found.add(field, wrong.formatted(values) + ". " + right + ".");
    }
}
