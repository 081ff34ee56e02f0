package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.ExtractMode;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/// Reading from memory, one thread: records a second. `walk` makes no objects, `eager` all of them: the two are
/// not to be compared with each other.
public class MarcReadBenchmark extends MarcBenchmark {

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
