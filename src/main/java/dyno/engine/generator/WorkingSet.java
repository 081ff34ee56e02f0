package dyno.engine.generator;

import dyno.engine.Machine;

/// How many buffers a case has.
final class WorkingSet {

    private static final long MIN_BYTES = 256L << 20;
    private static final int CACHES = 4;

    private WorkingSet() {}

    /// Buffers of each stream: one, or for sink `WORKING_SET` as many as the ring needs, at least two.
    static int buffersPerStream(GeneratorWorkload workload, Machine machine) {
        if (workload.sink() != Sink.WORKING_SET) {
            return 1;
        }
        Long given = workload.workingSetBytes();
        long wanted = given != null
                ? given
                : Math.max(MIN_BYTES, CACHES * machine.l3Bytes().orElse(0));
        long ofAllStreams = Math.ceilDiv(wanted, (long) workload.chunkBytes());
        return Math.toIntExact(Math.max(2, Math.ceilDiv(ofAllStreams, (long) workload.streams())));
    }

    /// Bytes of all buffers that chunks are made in, temporaries not counted.
    static long bufferBytes(GeneratorWorkload workload, Machine machine) {
        return Math.multiplyExact(
                (long) workload.streams() * workload.chunkBytes(), (long) buffersPerStream(workload, machine));
    }
}
