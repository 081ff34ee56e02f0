package dyno.engine.generator;

import dyno.engine.Given;
import dyno.engine.Machine;
import dyno.engine.Warning;
import java.util.ArrayList;
import java.util.List;

/// What a reader of a case's figures should know and the workload alone tells.
final class WorkloadWarnings {

    private static final double DEDUP_TOLERANCE = 0.01;

    private WorkloadWarnings() {}

    /// Known at submission: of the workload, and of what the client gave.
    static List<Warning> of(GeneratorWorkload workload, Given given, Machine machine) {
        var warnings = new ArrayList<>(of(workload, machine));
        if (!workload.algorithm().usesSeed() && given.has("seed")) {
            warnings.add(new Warning("SEED_UNUSED", "algorithm %s uses no seed".formatted(workload.algorithm())));
        }
        ignored(workload, given, warnings);
        return List.copyOf(warnings);
    }

    /// Of the workload alone: what belongs beside the figures of each case.
    static List<Warning> of(GeneratorWorkload workload, Machine machine) {
        var warnings = new ArrayList<Warning>();
        if (workload.threadsUsed() > machine.processors()) {
            warnings.add(new Warning(
                    "OVERSUBSCRIBED",
                    "%d streams of %d threads share %d processors"
                            .formatted(workload.streams(), workload.threads(), machine.processors())));
        }
        if (workload.mode() == Mode.GLOBAL_LOCK && workload.streams() == 1) {
            warnings.add(new Warning("LOCK_UNCONTENDED", "one stream never waits for the lock; use streams 2 or more"));
        }
        ratioNotReached(workload, warnings);
        inCache(workload, machine, warnings);
        if (workload.sink() == Sink.FILE && !workload.fsync() && !workload.directIo()) {
            warnings.add(new Warning("PAGE_CACHE", "without fsync and directIo, writes may end in memory"));
        }
        return warnings;
    }

    private static void ratioNotReached(GeneratorWorkload workload, List<Warning> warnings) {
        double effective = DistinctUnits.of(workload).effectiveRatio();
        if (Math.abs(effective / workload.dedupRatio() - 1) > DEDUP_TOLERANCE) {
            warnings.add(new Warning(
                    "RATIO_NOT_REACHED",
                    "dedupRatio %s comes out as %.4f: there are too few units of %d bytes"
                            .formatted(
                                    WorkloadContradictions.plain(workload.dedupRatio()),
                                    effective,
                                    workload.dedupUnitBytes())));
        }
    }

    private static void inCache(GeneratorWorkload workload, Machine machine, List<Warning> warnings) {
        long bufferBytes = WorkingSet.bufferBytes(workload, machine);
        if (workload.sink() == Sink.DISCARD
                && machine.l3Bytes().isPresent()
                && bufferBytes <= machine.l3Bytes().getAsLong()) {
            warnings.add(new Warning(
                    "IN_CACHE",
                    "buffers of %d bytes fit the last-level cache of %d: cache speed, not memory speed"
                            .formatted(bufferBytes, machine.l3Bytes().getAsLong())));
        }
    }

    private static void ignored(GeneratorWorkload workload, Given given, List<Warning> warnings) {
        if (given.has("compressUnitBytes") && workload.compressRatio() == 1 && workload.layout() != Layout.DGEN) {
            warnings.add(ignoredField("compressUnitBytes", "compressRatio 1 leaves no filler to place"));
        }
        if (given.has("dedupUnitBytes")
                && workload.dedupRatio() == 1
                && !workload.algorithm().isByBlock()) {
            warnings.add(ignoredField("dedupUnitBytes", "dedupRatio 1 repeats nothing"));
        }
    }

    private static Warning ignoredField(String field, String why) {
        return new Warning("IGNORED_FIELD", "%s has no effect: %s".formatted(field, why));
    }
}
