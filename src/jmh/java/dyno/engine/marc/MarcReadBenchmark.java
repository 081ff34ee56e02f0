package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.ExtractMode;
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

/// Reading from memory, one thread: records a second. `walk` makes no objects, `eager` all of them: the two are
/// not to be compared with each other.
///
/// ```text
/// ./mvnw -q -Pjmh compile dependency:build-classpath -Dmdep.outputFile=target/jmh.classpath
/// java -cp target/classes:$(cat target/jmh.classpath) org.openjdk.jmh.Main MarcReadBenchmark -prof gc
/// ```
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx1g"})
public class MarcReadBenchmark {

    @Param({"TINY", "REALISTIC"})
    public Shape shape;

    private CodecWorker walk;
    private CodecWorker eager;
    private CodecWorker extract;
    private Object last;

    @Setup(Level.Trial)
    public void prepare() throws IOException {
        var bench = new Bench(shape, Encoding.UTF8);
        walk = bench.worker(new WalkConsumer());
        eager = bench.worker(new EagerConsumer(marc -> last = marc));
        extract = bench.worker(new ExtractFormat(List.of("245$a"), ExtractMode.FIRST));
    }

    @Benchmark
    @OperationsPerInvocation(Bench.RECORDS)
    public long walk() throws IOException {
        return Bench.run(walk);
    }

    @Benchmark
    @OperationsPerInvocation(Bench.RECORDS)
    public long eager() throws IOException {
        return Bench.run(eager);
    }

    @Benchmark
    @OperationsPerInvocation(Bench.RECORDS)
    public long extract() throws IOException {
        return Bench.run(extract);
    }
}
