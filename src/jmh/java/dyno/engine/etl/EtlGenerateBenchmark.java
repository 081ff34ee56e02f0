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

/// Nanoseconds a record to make it: as a row of columns, as an object, and the large one. Does not compare the same
/// data: an original record has 840 times the bytes of an optimised one.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EtlGenerateBenchmark {

    private final OptimisedColumns columns = new OptimisedColumns(Bench.ROWS);
    private final OptimisedMaker optimised = new OptimisedMaker(Bench.DRAWS);
    private final OriginalMaker original = new OriginalMaker(Bench.DRAWS);
    private long id = 1;

    @Benchmark
    @OperationsPerInvocation(Bench.ROWS)
    public Object columns() {
        columns.clear();
        int _ = columns.append(Bench.DRAWS, id, Bench.ROWS, Long.MAX_VALUE);
        id += Bench.ROWS;
        return columns;
    }

    /// As generation SINGLE makes them.
    @Benchmark
    @OperationsPerInvocation(Bench.ROWS)
    public Object columnsOneByOne() {
        columns.clear();
        for (int row = 0; row < Bench.ROWS; row++) {
            int _ = columns.append(Bench.DRAWS, id++, 1, Long.MAX_VALUE);
        }
        return columns;
    }

    @Benchmark
    public Object object() {
        return optimised.make(id++);
    }

    @Benchmark
    public Object original() {
        return original.make(id++);
    }
}
