package dyno.engine.marc;

import dyno.engine.Dataset;
import dyno.engine.Estimate;
import dyno.engine.Machine;
import dyno.engine.marc.MarcWorkload.Operation;
import dyno.engine.marc.MarcWorkload.Sink;
import dyno.engine.marc.MarcWorkload.Source;
import dyno.engine.marc.MarcWorkload.Strategy;
import java.util.Objects;

/// What a workload will need. Deliberately on the safe side of what the performance bars promise.
final class MarcEstimate {

    private static final long MIB = 1L << 20;
    private static final long FIXED_BYTES = 96 * MIB;
    private static final long THREAD_BYTES = 8 * MIB;

    /// Objects of a record take about this many times its bytes.
    private static final int OBJECTS_PER_BYTE = 12;

    /// MARCXML of small records, the largest output, is this many times its input.
    private static final int OUTPUT_PER_BYTE = 4;

    /// Size of a dataset that nobody has measured; part of the machine's memory, but no more than this.
    private static final long MOST_FOR_DATASET = 2L << 30;

    private static final double BYTES_PER_SECOND = 150e6;
    private static final double PEERS_BYTES_PER_SECOND = 15e6;
    private static final double GENERATED_BYTES_PER_SECOND = 60e6;
    private static final double PROCESS_START_SECONDS = 0.4;

    private MarcEstimate() {}

    static Estimate of(MarcWorkload workload, Machine machine) {
        int files = Objects.requireNonNullElse(workload.files(), 1);
        return of(workload, inputBytes(workload, machine, files), files);
    }

    /// Of a workload whose input is a dataset.
    static Estimate of(MarcWorkload workload, Dataset dataset) {
        int files = Objects.requireNonNullElse(workload.files(), dataset.files().size());
        long inputBytes = 0;
        for (int i = 0; i < files; i++) {
            inputBytes += dataset.files().get(i % dataset.files().size()).bytes();
        }
        return of(workload, inputBytes, files);
    }

    private static Estimate of(MarcWorkload workload, long inputBytes, int files) {
        long children = workload.strategy() == Strategy.PROCESSES ? Math.min(workload.threads(), files) : 0;
        return new Estimate(
                heapBytes(workload, inputBytes),
                children * FIXED_BYTES + workload.threads() * MIB,
                scratchBytes(workload, inputBytes),
                2 + inputBytes / GENERATED_BYTES_PER_SECOND + 5 * seconds(workload, inputBytes, files),
                seconds(workload, inputBytes, files));
    }

    private static long inputBytes(MarcWorkload workload, Machine machine, int files) {
        var generate = workload.input().generate();
        if (generate == null) {
            return Math.min(machine.memoryBytes() / 8, MOST_FOR_DATASET);
        }
        return (long) files * generate.records() * Generator.bytesPerRecord(generate.shape());
    }

    private static long heapBytes(MarcWorkload workload, long inputBytes) {
        long bytes = FIXED_BYTES + workload.threads() * THREAD_BYTES;
        if (workload.source() == Source.MEMORY) {
            bytes += inputBytes;
        }
        if (workload.strategy() == Strategy.PIPELINE) {
            bytes += 6L * workload.queueBatches() * workload.batchBytes();
        }
        if (workload.operation() == Operation.WRITE) {
            bytes += OBJECTS_PER_BYTE * inputBytes;
        }
        return bytes;
    }

    /// Input that lies on disk, output with its parts, and what is written to be read again.
    private static long scratchBytes(MarcWorkload workload, long inputBytes) {
        long bytes = 0;
        if (workload.source() == Source.FILE && workload.input().generate() != null) {
            bytes += inputBytes;
        }
        if (workload.sink() == Sink.FILE) {
            bytes += 2 * OUTPUT_PER_BYTE * inputBytes;
        }
        if (workload.operation() == Operation.ROUND_TRIP || workload.operation() == Operation.WRITE) {
            bytes += 2 * inputBytes;
        }
        return bytes;
    }

    private static double seconds(MarcWorkload workload, long inputBytes, int files) {
        double rate = workload.implementation() == MarcWorkload.Implementation.DYNO
                ? BYTES_PER_SECOND
                : PEERS_BYTES_PER_SECOND;
        double starts = workload.strategy() == Strategy.PROCESSES
                ? PROCESS_START_SECONDS * Math.ceilDiv(files, workload.threads())
                : 0;
        return starts + inputBytes / rate;
    }
}
