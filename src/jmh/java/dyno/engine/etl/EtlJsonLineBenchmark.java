package dyno.engine.etl;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Nanoseconds a canonical line: in and out of an optimised record, and in of an original one, which is 68 KB.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EtlJsonLineBenchmark {

    private final OptimisedColumns columns = Bench.columns();
    private final OriginalUser original = new OriginalMaker(Bench.DRAWS).make(1);
    private final LineBuffer line = new LineBuffer(1 << 17);
    private final Results results = results();

    private Results results() {
        var transformer = new ColumnTransform(TransformKind.T2, 1, Bench.ROWS).open();
        var made = transformer.start(columns);
        try {
            transformer.slice(columns, 0, Bench.ROWS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return made;
    }

    @Benchmark
    @OperationsPerInvocation(Bench.ROWS)
    public int in() {
        line.clear();
        for (int row = 0; row < Bench.ROWS; row++) {
            columns.appendInput(row, line);
        }
        return line.length();
    }

    @Benchmark
    @OperationsPerInvocation(Bench.ROWS)
    public int out() {
        line.clear();
        for (int row = 0; row < Bench.ROWS; row++) {
            results.appendLine(row, line);
        }
        return line.length();
    }

    @Benchmark
    public int original() {
        line.clear();
        OriginalKind.INSTANCE.appendInput(original, line);
        return line.length();
    }
}
