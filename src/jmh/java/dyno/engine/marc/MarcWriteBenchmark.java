package dyno.engine.marc;

import dyno.engine.Cancellation;
import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/// ISO 2709 out: `write` encodes Strings of objects, `roundTrip` copies bytes that it checked: records a second.
public class MarcWriteBenchmark extends MarcBenchmark {

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
