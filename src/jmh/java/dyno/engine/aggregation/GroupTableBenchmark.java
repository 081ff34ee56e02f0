package dyno.engine.aggregation;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Finding groups: keys in the same order hour by hour, which is what input has, and in random order, where every guess
/// fails. Scores are of one pass over all groups.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class GroupTableBenchmark {

    @Param({"7500", "41600"})
    public int groups;

    private final KeyTable table = new KeyTable();
    private int[] shuffled;

    @Setup
    public void fill() {
        shuffled = new int[groups];
        for (int i = 0; i < groups; i++) {
            table.locate(20_362, i / 104, i / 104, i);
            shuffled[i] = i;
        }
        var random = new SplittableRandom(42);
        for (int i = groups - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = kept;
        }
    }

    @Benchmark
    public int inOrder() {
        int sum = 0;
        int entry = 0;
        for (int i = 0; i < groups; i++) {
            entry = table.locateAfter(entry, 20_362, i / 104, i / 104, i);
            sum += entry;
        }
        return sum;
    }

    @Benchmark
    public int inRandomOrder() {
        int sum = 0;
        int entry = 0;
        for (int i : shuffled) {
            entry = table.locateAfter(entry, 20_362, i / 104, i / 104, i);
            sum += entry;
        }
        return sum;
    }
}
