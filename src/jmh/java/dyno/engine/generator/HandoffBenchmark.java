package dyno.engine.generator;

import dyno.engine.kernel.WorkerPool;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to hand an empty task to one other thread and wait for it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class HandoffBenchmark {

    private static final int THREADS = 2;

    private WorkerPool kept;
    private WorkerPool.Task nothing;
    private ExecutorService pool;

    @Setup
    public void start() {
        kept = new WorkerPool(THREADS, "handoff", WorkerPool.Waiting.SPIN_THEN_PARK);
        nothing = worker -> {};
        pool = Executors.newFixedThreadPool(THREADS);
    }

    @TearDown
    public void stop() {
        kept.close();
        pool.close();
    }

    @Benchmark
    public void spinThenPark() throws InterruptedException {
        kept.run(nothing);
    }

    @Benchmark
    public void fixedPool() throws InterruptedException, ExecutionException {
        handOver(pool);
    }

    @Benchmark
    public void poolPerCall() throws InterruptedException, ExecutionException {
        try (var fresh = Executors.newFixedThreadPool(THREADS)) {
            handOver(fresh);
        }
    }

    private static void handOver(ExecutorService to) throws InterruptedException, ExecutionException {
        var first = to.submit(() -> {});
        var second = to.submit(() -> {});
        first.get();
        second.get();
    }
}
