package dyno.engine.grouping;

import java.util.Random;
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

/// Sorting a probe's row numbers by time: sorted already, or in any order.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class TimeSortBenchmark {

    private static final int PROBES = 1000;

    @Param({"26", "390", "20000"})
    private int rows;

    @Param({"true", "false"})
    private boolean isSorted;

    private final TimeSort sort = new TimeSort();
    private long[] times;
    private int[] before;
    private int[] order;
    private int probes;

    @Setup
    public void fill() {
        probes = rows > 1000 ? 10 : PROBES;
        var random = new Random(1);
        times = new long[rows * probes];
        before = new int[times.length];
        order = new int[times.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = isSorted ? i : random.nextInt(12_096);
            before[i] = i;
        }
    }

    /// All probes, one after the other; the copy of the row numbers is in it.
    @Benchmark
    public int[] sort() {
        System.arraycopy(before, 0, order, 0, order.length);
        for (int probe = 0; probe < probes; probe++) {
            sort.sort(order, probe * rows, (probe + 1) * rows, times);
        }
        return order;
    }
}
