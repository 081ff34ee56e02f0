package dyno.engine.etl;

import dyno.engine.etl.StageClock.Stage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Nanoseconds of one mark of a stage clock, on and off, and of the samples taken of single records. A
/// batch of 128 optimised records takes some microseconds, an
/// original record ten: four marks a batch must stay below a hundredth of that where the clock is off.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EtlStageClockBenchmark {

    private final StageClock on = new StageClock(true, Time.system()::cpuNanos);
    private final StageClock off = new StageClock(false, Time.system()::cpuNanos);
    private final StageSamples samples = new StageSamples(Time.system()::cpuNanos);
    private long record;

    @Benchmark
    @OperationsPerInvocation(1)
    public void on() {
        on.mark(Stage.LOAD);
    }

    @Benchmark
    @OperationsPerInvocation(1)
    public void off() {
        off.mark(Stage.LOAD);
    }

    /// One record of RECORD, of which one in 64 is timed with four readings.
    @Benchmark
    @OperationsPerInvocation(1)
    public void sampled() {
        if (samples.begin(record++)) {
            samples.lap(Stage.EXTRACT);
            samples.lap(Stage.HAND_OVER);
            samples.end();
        }
    }
}
