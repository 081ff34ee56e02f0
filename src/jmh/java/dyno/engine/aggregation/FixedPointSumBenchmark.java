package dyno.engine.aggregation;

import java.util.SplittableRandom;
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
import org.openjdk.jmh.annotations.Warmup;
/// A sum of 1,000 values as fixed point in two longs, and as doubles: what exactness costs without everything around
/// it. Scores are of 1,000 values.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class FixedPointSumBenchmark {

    private final double[] values = new double[1_000];

    @Setup
    public void fill() {
        var random = new SplittableRandom(42);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble() * 10_000;
        }
    }

    @Benchmark
    public long exact() {
        long high = 0;
        long low = 0;
        for (double value : values) {
            long q = (long) Math.rint(value * FixedPoint.CPU_SCALE);
            high += q >> 32;
            low += q & GroupTable.LOW_MASK;
        }
        return high ^ low;
    }

    @Benchmark
    public double doubles() {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
