package dyno.engine.aggregation;

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
/// Writing the decimals of a row in PostgreSQL's binary format, without a server.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class CopyBinaryBenchmark {

    private final CopyFields fields = new CopyFields(4_096);
    private final long[] micros = new long[14];

    @Setup
    public void fill() {
        for (int i = 0; i < micros.length; i++) {
            micros[i] = 49_713_650L * (i + 1);
        }
    }

    @Benchmark
    public int numerics() {
        fields.clear();
        for (long value : micros) {
            fields.numeric(value);
        }
        return fields.length();
    }
}
