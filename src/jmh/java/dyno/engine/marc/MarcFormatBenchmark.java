package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.JsonContainer;
import dyno.engine.marc.MarcWorkload.Shape;
import dyno.engine.marc.MarcWorkload.XmlIllegal;
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

/// Reading and serialising into reused buffers, one thread: records a second. Does not compare what sinks cost.
///
/// ```text
/// ./mvnw -q -Pjmh compile dependency:build-classpath -Dmdep.outputFile=target/jmh.classpath
/// java -cp target/classes:$(cat target/jmh.classpath) org.openjdk.jmh.Main MarcFormatBenchmark -prof gc
/// ```
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx1g"})
public class MarcFormatBenchmark {

    @Param({"TINY", "REALISTIC"})
    public Shape shape;

    private CodecWorker json;
    private CodecWorker marcXml;
    private CodecWorker csv;
    private CodecWorker dublinCore;

    @Setup(Level.Trial)
    public void prepare() throws IOException {
        var bench = new Bench(shape, Encoding.UTF8);
        json = bench.worker(JsonFormat.marcInJson(JsonContainer.LINES));
        marcXml = bench.worker(new MarcXmlFormat(XmlIllegal.REPLACE));
        csv = bench.worker(new CsvFormat(false));
        dublinCore = bench.worker(new DublinCoreFormat(XmlIllegal.REPLACE));
    }

    @Benchmark
    @OperationsPerInvocation(Bench.RECORDS)
    public long json() throws IOException {
        return Bench.run(json);
    }

    @Benchmark
    @OperationsPerInvocation(Bench.RECORDS)
    public long marcXml() throws IOException {
        return Bench.run(marcXml);
    }

    @Benchmark
    @OperationsPerInvocation(Bench.RECORDS)
    public long csv() throws IOException {
        return Bench.run(csv);
    }

    @Benchmark
    @OperationsPerInvocation(Bench.RECORDS)
    public long dublinCore() throws IOException {
        return Bench.run(dublinCore);
    }
}
