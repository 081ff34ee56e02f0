package dyno.engine.grouping;

import dyno.engine.Cancellation;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Ordering 500,028 row numbers by 18,928 sources, addresses sorted too.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class CountingSortBenchmark {

    private static final int ROWS = 500_028;
    private static final int PROBES = 18_928;

    @Param({"1", "2"})
    private int workers;

    private final AddressTable table = new AddressTable();
    private final int[] sources = new int[ROWS];
    private Stage stage;

    @Setup
    public void fill() {
        stage = new Stage(workers, Cancellation.NONE);
        var random = new Random(1);
        byte[] text = new byte[15];
        while (table.size() < PROBES) {
            int length = AddressText.putV4(text, random.nextInt() & 0xffffffffL);
            table.intern(text, 0, length);
        }
        for (int row = 0; row < ROWS; row++) {
            sources[row] = random.nextInt(PROBES);
        }
    }

    @TearDown(Level.Trial)
    public void end() {
        stage.close();
    }

    @Benchmark
    public Object sort() throws IOException, InterruptedException {
        return CountingSort.sort(sources, ROWS, table.addresses(), table.size(), stage);
    }
}
