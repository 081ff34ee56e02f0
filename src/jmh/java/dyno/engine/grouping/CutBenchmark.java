package dyno.engine.grouping;

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
import org.openjdk.jmh.annotations.Warmup;

/// Finds all cuts of one probe of two million rows: the running sums and the bisections, nothing written.
///
/// ```text
/// java -Xmx2g -cp target/classes:$(cat target/jmh.classpath) org.openjdk.jmh.Main CutBenchmark
/// ```
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "-Xmx2g")
public class CutBenchmark {

    private static final int ROWS = 2_000_000;

    @Param({"65536", "8388608"})
    public int maxRowBytes;

    private ProbeRows probe;
    private RecordCutter cutter;

    @Setup(Level.Trial)
    public void prepare() {
        probe = new ProbeRows(ROWS);
        cutter = new RecordCutter(maxRowBytes);
    }

    @Benchmark
    public int cut() {
        cutter.load(probe.columns, probe.order, 0, ROWS, probe.address.length);
        int parts = 0;
        for (int from = 0; from < ROWS; from = cutter.partEnd(from)) {
            parts++;
        }
        return parts;
    }
}
