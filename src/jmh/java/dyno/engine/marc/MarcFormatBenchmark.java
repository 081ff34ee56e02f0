package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.JsonContainer;
import dyno.engine.marc.MarcWorkload.XmlIllegal;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/// Reading and serialising into reused buffers, one thread: records a second. Does not compare what sinks cost.
public class MarcFormatBenchmark extends MarcBenchmark {

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
