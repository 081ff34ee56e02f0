package dyno.engine.etl;

import dyno.engine.etl.EtlWorkload.Adaptive;
import dyno.engine.etl.EtlWorkload.Counters;
import dyno.engine.etl.EtlWorkload.FailureMode;
import dyno.engine.etl.EtlWorkload.Generation;
import dyno.engine.etl.EtlWorkload.HandOver;
import dyno.engine.etl.EtlWorkload.LoadMethod;
import dyno.engine.etl.EtlWorkload.OnConflict;
import dyno.engine.etl.EtlWorkload.OnError;
import dyno.engine.etl.EtlWorkload.PipelineFailure;
import dyno.engine.etl.EtlWorkload.Profile;
import dyno.engine.etl.EtlWorkload.RecordShape;
import dyno.engine.etl.EtlWorkload.SinkKind;
import dyno.engine.etl.EtlWorkload.TableKind;
import dyno.engine.etl.EtlWorkload.TransformMode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Nanoseconds a record through a whole pipeline of LEVEL_3, record by record and by the batch, by queue size.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EtlHandOverBenchmark {

    private static final int RECORDS = 200_000;

    @Param({"RECORD", "BATCH"})
    public HandOver handOver;

    @Param({"128", "1024", "8192"})
    public int queueCapacity;

    private Fleet fleet;

    @Setup
    public void open() throws IOException, InterruptedException {
        var workload = new EtlWorkload(
                Profile.LEVEL_3, RECORDS, 42, null, RecordShape.OPTIMISED, null, Generation.BATCHED, 50, handOver, 128,
                null, 100, 4, null, queueCapacity, null, TransformMode.IN_PLACE, 0, 16, Counters.RELAXED, Adaptive.OFF,
                1, 10_000, null, 100, null, SinkKind.COUNT, LoadMethod.COPY_BINARY, TableKind.LOGGED, null, null,
                OnConflict.FAIL, 0, 0, 30_000, FailureMode.NONE, 0, 1, 3, 10, 1_000, OnError.FAIL, 10_000, 1, null,
                PipelineFailure.CANCEL_SIBLINGS, EtlWorkload.Scope.PIPELINE);
        var outside = new Assembly.Outside(
                new CountSink(workload),
                null,
                letter -> {},
                new Latencies(),
                Time.system(),
                Runtime.getRuntime().availableProcessors(),
                false,
                Long.MAX_VALUE);
        fleet = new Fleet(workload, outside, () -> false);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public Object run() throws InterruptedException {
        return fleet.run();
    }

    @TearDown
    public void close() throws IOException {
        fleet.close();
    }
}
