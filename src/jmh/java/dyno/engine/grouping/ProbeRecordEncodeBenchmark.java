package dyno.engine.grouping;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.Warmup;

/// One record measured and written into a reused buffer: records a second, and with `bytes` the bytes a second. The
/// rows are the same each time and stay in caches, which those of a real table do not.
///
/// ```text
/// java -cp target/classes:$(cat target/jmh.classpath) org.openjdk.jmh.Main ProbeRecordEncodeBenchmark -prof gc
/// ```
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class ProbeRecordEncodeBenchmark {

    @Param({"26", "390"})
    public int rows;

    private ProbeRows probe;
    private RecordEncoder encoder;
    private byte[] target;

    /// Bytes written.
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Written {
        public long bytes;
    }

    @Setup(Level.Trial)
    public void prepare() {
        probe = new ProbeRows(rows);
        encoder = probe.encoder();
        target = new byte[encoder.measure(probe.columns, probe.order, 0, rows)];
    }

    @Benchmark
    public byte[] encode(Written written) {
        written.bytes += encoder.measure(probe.columns, probe.order, 0, rows);
        encoder.write(target, 0);
        return target;
    }
}
