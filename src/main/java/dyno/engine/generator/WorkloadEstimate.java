package dyno.engine.generator;

import dyno.engine.Estimate;
import dyno.engine.Machine;

/// What a case needs. The memory formula is in docs/engines/generator.md.
final class WorkloadEstimate {

    private static final long MIB = 1L << 20;

    /// Verification: a window, its reference and its copy, fingerprints, pieces for the compressor.
    private static final long HEAP_BASE = 64 * MIB;

    private static final long NATIVE_BASE = 32 * MIB;

    /// Fresh arrays are garbage until they are collected: the one in use, the one before and room to move.
    private static final int FRESH_ARRAYS = 3;

    private static final double PREPARE_SECONDS = 2.5;

    private WorkloadEstimate() {}

    static Estimate of(GeneratorWorkload workload, Machine machine) {
        long buffers = WorkingSet.bufferBytes(workload, machine);
        long chunks = (long) workload.streams() * workload.chunkBytes();
        boolean heap = workload.buffer() == BufferKind.HEAP;
        long temporaries = !workload.mode().hasTemporary()
                ? 0
                : heap && workload.mode().hasFreshTemporary() ? FRESH_ARRAYS * chunks : chunks;
        long bytes = buffers + temporaries;
        return new Estimate(
                HEAP_BASE + (heap ? bytes : 0),
                NATIVE_BASE + (heap ? 0 : bytes),
                workload.sink() == Sink.FILE ? workload.totalBytes() : 0,
                PREPARE_SECONDS,
                workload.totalBytes() / bytesPerSecond(workload, machine));
    }

    /// Cautious figures of a small server, for the progress bar only.
    private static double bytesPerSecond(GeneratorWorkload workload, Machine machine) {
        double perThread = switch (workload.algorithm()) {
            case COUNTER, ZERO -> 8e9;
            case XOSHIRO, AES_CTR -> 5e9;
            case JDK_RANDOM -> 2e9;
            case SECURE_RANDOM -> 3e8;
        };
        double generated = perThread * Math.min(workload.threadsUsed(), machine.processors());
        return workload.sink() == Sink.FILE ? 1 / (1 / generated + 1 / 5e8) : generated;
    }
}
