package dyno.engine.marc;

import dyno.engine.Cancellation;
import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Shape;
import java.io.IOException;
import java.util.List;
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

/// ISO 2709 out: `write` encodes Strings of objects, `roundTrip` copies bytes that it checked: records a second.
///
/// ```text
/// ./mvnw -q -Pjmh compile dependency:build-classpath -Dmdep.outputFile=target/jmh.classpath
/// java -cp target/classes:$(cat target/jmh.classpath) org.openjdk.jmh.Main MarcWriteBenchmark -prof gc
/// ```
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx1g"})
public class MarcWriteBenchmark {

    @Param({"TINY", "REALISTIC"})
    public Shape shape;

    private FileWorker write;
    private FileWorker roundTrip;

    @Setup(Level.Trial)
    public void prepare() throws IOException {
        var bench = new Bench(shape, Encoding.UTF8);
        var made = MadeRecords.of(Bench.settings(), bench.files(), 0, 0, Cancellation.NONE);
        write = new WriteWorker(bench.files(), List.of(made), ErrorMode.STRICT, Cancellation.NONE);
        roundTrip = bench.worker(new RoundTripFormat());
    }

    @Benchmark
    @OperationsPerInvocation(Bench.RECORDS)
    public long write() throws IOException {
        return Bench.run(write);
    }

    @Benchmark
    @OperationsPerInvocation(Bench.RECORDS)
    public long roundTrip() throws IOException {
        return Bench.run(roundTrip);
    }
}
