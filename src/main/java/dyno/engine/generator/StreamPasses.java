package dyno.engine.generator;

import dyno.engine.TrialContext;
import dyno.engine.kernel.NanoTime;
import dyno.engine.kernel.WorkerPool;
import dyno.engine.kernel.WorkerPool.Waiting;
import java.io.IOException;

/// Puts together what one stream of a case needs.
final class StreamPasses {

    private StreamPasses() {}

    static StreamPass open(GeneratorWorkload workload, int stream, TrialContext context, Placement placement)
            throws IOException {
        var waiting = workload.threadsUsed() <= context.machine().processors() ? Waiting.SPIN_THEN_PARK : Waiting.PARK;
        var stopwatch = new Stopwatch(NanoTime.system());
        // Worker 0 is the stream's own thread and is placed by the trial.
        int firstWorker = stream * workload.threads();
        var pool = new WorkerPool(
                workload.threads(), "generator-" + stream, waiting, worker -> placement.place(firstWorker + worker));
        var filler = new ChunkFiller(workload.content(stream), pool, placement.sharing(), context.cancellation());
        try {
            var source = ChunkSource.of(workload.mode(), filler, workload.buffer(), workload.chunkBytes(), stopwatch);
            try {
                var sink = sink(workload, stream, context, placement, stopwatch);
                return new StreamPass(filler, source, sink, workload.chunkBytes(), stopwatch);
            } catch (Throwable e) {
                source.close();
                throw e;
            }
        } catch (Throwable e) {
            filler.close();
            throw e;
        }
    }

    private static ChunkSink sink(
            GeneratorWorkload workload, int stream, TrialContext context, Placement placement, Stopwatch stopwatch)
            throws IOException {
        int count = WorkingSet.buffersPerStream(workload, context.machine());
        var buffers = placement.isPinning()
                ? ChunkBuffers.allocateUntouched(workload.buffer(), count, workload.chunkBytes())
                : ChunkBuffers.allocate(workload.buffer(), count, workload.chunkBytes());
        if (workload.sink() != Sink.FILE) {
            return new BufferSink(buffers);
        }
        try {
            return new FileSink(
                    context.scratch().resolve("stream-%d.bin".formatted(stream)), buffers, workload, stopwatch);
        } catch (Throwable e) {
            buffers.close();
            throw e;
        }
    }
}
