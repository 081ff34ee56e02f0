package dyno.engine.marc;

import dyno.engine.InputFacts;
import dyno.engine.Metrics;
import dyno.engine.Phase;
import dyno.engine.Phase.Clock;
import dyno.engine.TrialReport;
import dyno.engine.Warning;
import dyno.engine.marc.MarcWorkload.Implementation;
import dyno.engine.marc.MarcWorkload.Operation;
import dyno.engine.marc.MarcWorkload.Sink;
import dyno.engine.marc.MarcWorkload.Source;
import dyno.engine.marc.MarcWorkload.Strategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// What the measured invocations took, and the report that comes of it. Used by one thread at a time.
final class Measured {

    private final MarcWorkload workload;
    private final int cores;
    private final int workers;
    private long invocations;
    private long nanos;
    private long readNanos;
    private long serialiseNanos;
    private long joinNanos;
    private long writeNanos;
    private long startNanos;
    private long blockedNanos;
    private long allocatedBytes;
    private long begun;
    private long outputBytes;
    private long segmentsRedone;
    private long queueHighWater;

    /// @param cores   processors of the machine
    /// @param workers threads or processes at work at the same time
    Measured(MarcWorkload workload, int cores, int workers) {
        this.workload = workload;
        this.cores = cores;
        this.workers = workers;
    }

    void restart() {
        invocations = 0;
        nanos = 0;
        readNanos = 0;
        serialiseNanos = 0;
        joinNanos = 0;
        writeNanos = 0;
        startNanos = 0;
        blockedNanos = 0;
        allocatedBytes = 0;
        begun = 0;
        outputBytes = 0;
        segmentsRedone = 0;
        queueHighWater = 0;
    }

    void add(RunResult run, long elapsedNanos) {
        invocations++;
        nanos += elapsedNanos;
        readNanos += run.readNanos;
        serialiseNanos += run.serialiseNanos;
        joinNanos += run.joinNanos;
        writeNanos += run.writeNanos;
        startNanos += run.startNanos;
        blockedNanos += run.readerBlockedNanos;
        allocatedBytes += run.allocatedBytes;
        begun += run.totals.begun;
        outputBytes += run.totals.outputBytes;
        segmentsRedone += run.segmentsRedone;
        queueHighWater = Math.max(queueHighWater, run.queueHighWater);
    }

    /// @param counted totals with everything counted, where the timed region counts less
    TrialReport report(RunResult last, Totals counted, Inputs inputs) {
        var details = new LinkedHashMap<String, Object>();
        var errors = last.log.first().stream().map(MarcError::asTree).toList();
        if (!errors.isEmpty()) {
            details.put("errors", errors);
        }
        return new TrialReport(
                phases(inputs),
                metrics(last, counted, inputs).values(),
                warnings(),
                details,
                new InputFacts(inputs.digest(), null, last.totals.begun, inputs.bytes()));
    }

    private List<Phase> phases(Inputs inputs) {
        var phases = new ArrayList<Phase>();
        if (workload.source() == Source.MEMORY) {
            phases.add(Phase.of("load", inputs.loadSeconds(), Clock.WALL));
        }
        if (workload.strategy() == Strategy.PROCESSES) {
            phases.add(Phase.of("processStart", share(startNanos), Clock.WALL));
        }
        boolean onlyReads = Phases.onlyReads(workload.operation());
        if (onlyReads || workload.strategy() == Strategy.PIPELINE) {
            phases.add(Phase.of("read", share(readNanos), Clock.WALL));
        } else if (workload.operation() != Operation.WRITE) {
            phases.add(Phase.unknown("read", Clock.WALL, "PART_OF_SERIALISE"));
        }
        if (!onlyReads) {
            phases.add(Phase.of("serialise", share(serialiseNanos), Clock.WALL));
        }
        if (workload.strategy() != Strategy.SEQUENTIAL) {
            phases.add(Phase.of("join", joinNanos / 1e9 / invocations, Clock.WALL));
        }
        if (workload.sink() == Sink.FILE) {
            phases.add(Phase.of("write", share(writeNanos), Clock.WALL));
        }
        return phases;
    }

    /// Busy seconds of an invocation, divided by those who were busy.
    private double share(long busyNanos) {
        return busyNanos / 1e9 / invocations / workers;
    }

    private Metrics metrics(RunResult last, Totals counted, Inputs inputs) {
        var totals = last.totals;
        double seconds = nanos / 1e9;
        var metrics = new Metrics().put("records", totals.records).put("fields", counted.fields);
        if (workload.operation() == Operation.READ && counted.subfields == 0) {
            metrics.absent("subfields", "NOT_LOOKED_AT");
        } else {
            metrics.put("subfields", counted.subfields);
        }
        metrics.put("outputBytes", totals.outputBytes)
                .put("recordsRepaired", totals.repaired)
                .put("recordsDropped", totals.dropped)
                .put("errors", last.log.total());
        last.log.counts().forEach((code, count) -> metrics.put("errors." + code, count));
        metrics.put("inputBytesPerSecond", inputs.bytes() * (double) invocations / seconds)
                .put("outputBytesPerSecond", outputBytes / seconds)
                .put("nanosPerRecord", nanos / (double) begun)
                .put("recordsPerSecondPerThread", begun / seconds / workload.threads())
                .put("allocatedBytesPerRecord", allocatedBytes / (double) begun);
        if (workload.operation() == Operation.READ_EAGER && totals.valueChars > 0) {
            metrics.put("valueChars", totals.valueChars);
        }
        if (workload.implementation() == Implementation.MARC4J) {
            metrics.absent("tagSum", "NOT_COUNTED").absent("fieldLengthSum", "NOT_COUNTED");
        } else {
            metrics.put("tagSum", counted.tagSum).put("fieldLengthSum", counted.fieldLengthSum);
        }
        putStrategy(metrics, seconds);
        return metrics.put("cores", cores);
    }

    private void putStrategy(Metrics metrics, double seconds) {
        switch (workload.strategy()) {
            case SPLIT_FILE -> metrics.put("segmentsRedone", segmentsRedone / invocations);
            case PIPELINE ->
                metrics.put("queueHighWater", queueHighWater)
                        .put("readerBlockedSeconds", blockedNanos / 1e9 / invocations);
            case PROCESSES -> {
                double start = startNanos / 1e9;
                metrics.put("processStartSeconds", start / invocations)
                        .put("recordsPerSecondWithoutStart", begun / Math.max(1e-9, seconds - start / workers));
            }
            case SEQUENTIAL, PARALLEL_FILES -> {}
        }
    }

    private List<Warning> warnings() {
        return workload.threads() > cores && workload.strategy() != Strategy.SEQUENTIAL
                ? List.of(new Warning(
                        "OVERSUBSCRIBED",
                        "threads is %d, but the machine has %d cores".formatted(workload.threads(), cores)))
                : List.of();
    }
}
