package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.JsonContainer;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/// JSON of MARC-8 input, decoding and normalising included: records a second.
public class Marc8Benchmark extends MarcBenchmark {

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
