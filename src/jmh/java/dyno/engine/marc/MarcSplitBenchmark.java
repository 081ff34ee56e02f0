package dyno.engine.marc;

import dyno.engine.Cancellation;
import dyno.engine.marc.MarcWorkload.CharacterSet;
import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.ExtractMode;
import dyno.engine.marc.MarcWorkload.Implementation;
import dyno.engine.marc.MarcWorkload.Input;
import dyno.engine.marc.MarcWorkload.JsonContainer;
import dyno.engine.marc.MarcWorkload.Normalization;
import dyno.engine.marc.MarcWorkload.Operation;
import dyno.engine.marc.MarcWorkload.Sink;
import dyno.engine.marc.MarcWorkload.Source;
import dyno.engine.marc.MarcWorkload.Strategy;
import dyno.engine.marc.MarcWorkload.Validation;
import dyno.engine.marc.MarcWorkload.XmlIllegal;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/// One file over threads, JSON: records a second. To be compared with its own `threads` 1 only; small files show
/// what handing out costs rather than what threads bring.
public class MarcSplitBenchmark extends MarcBenchmark {

    @Param({"1", "2"})
    public int threads;

    private SplitRunner runner;

    @Setup(Level.Trial)
    public void prepare() {
        var files = new Bench(shape, Encoding.UTF8).files();
        var workload = new MarcWorkload(
                new Input(null, null),
                Operation.JSON,
                Implementation.DYNO,
                Strategy.SPLIT_FILE,
                threads,
                1,
                Source.MEMORY,
                Sink.DISCARD,
                ErrorMode.STRICT,
                Validation.STRUCTURAL,
                CharacterSet.AUTO,
                Normalization.NFC,
                List.of("245$a"),
                ExtractMode.FIRST,
                JsonContainer.LINES,
                false,
                XmlIllegal.REPLACE,
                threads,
                262_144,
                4);
        var workers = new Workers(threads, Cancellation.NONE);
        runner = new SplitRunner(
                () -> new CodecWorker(Bench.settings(), Consumers.of(workload), files, workers),
                List.of(),
                workers,
                files.getFirst(),
                workload);
    }

    @Benchmark
    @OperationsPerInvocation(Bench.RECORDS)
    public long split() throws IOException, InterruptedException {
        return runner.run(Outputs.DISCARDED, 0).totals.outputBytes;
    }

    @TearDown(Level.Trial)
    public void close() {
        runner.close();
    }
}
