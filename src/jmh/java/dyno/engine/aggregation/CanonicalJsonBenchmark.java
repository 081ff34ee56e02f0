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
/// Quoting a value of 253 bytes, without and with escapes.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class CanonicalJsonBenchmark {

    private final byte[] plain = new byte[253];
    private final byte[] escaped = new byte[253];
    private final ByteBuilder out = new ByteBuilder(2_048);

    @Setup
    public void fill() {
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) ('a' + i % 26);
            escaped[i] = i % 10 == 0 ? (byte) '"' : plain[i];
        }
    }

    @Benchmark
    public int plain() {
        CanonicalJson.quote(plain, 0, plain.length, out.truncate(0));
        return out.length();
    }

    @Benchmark
    public int escaped() {
        CanonicalJson.quote(escaped, 0, escaped.length, out.truncate(0));
        return out.length();
    }
}
