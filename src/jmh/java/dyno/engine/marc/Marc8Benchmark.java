package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.JsonContainer;
import dyno.engine.marc.MarcWorkload.Shape;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// JSON of MARC-8 input, decoding and normalising included: records a second.
///
/// ```text
/// ./mvnw -q -Pjmh compile dependency:build-classpath -Dmdep.outputFile=target/jmh.classpath
/// java -cp target/classes:$(cat target/jmh.classpath) org.openjdk.jmh.Main Marc8Benchmark -prof gc
/// ```
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx1g"})
public class Marc8Benchmark {

    @Param({"TINY", "REALISTIC"})
    public Shape shape;

    private CodecWorker decode;

    @Setup(Level.Trial)
    public void prepare() throws IOException {
        decode = new Bench(shape, Encoding.MARC8).worker(JsonFormat.marcInJson(JsonContainer.LINES));
    }

    @Benchmark
    @OperationsPerInvocation(Bench.RECORDS)
    public long decode() throws IOException {
        return Bench.run(decode);
    }
}
