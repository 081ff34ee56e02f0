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

/// Nanoseconds a record to transform it (T2) and add it up: columns, objects, and objects after a deep copy.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EtlTransformBenchmark {

    private final OptimisedColumns columns = Bench.columns();
    private final ObjectBatch<OptimisedUser> objects = Bench.objects();
    private final Transform.Transformer<OptimisedColumns> ofColumns =
            new ColumnTransform(TransformKind.T2, 1, Bench.ROWS).open();
    private final Transform.Transformer<ObjectBatch<OptimisedUser>> ofObjects =
            new ObjectTransform(TransformKind.T2, 1, Bench.ROWS).open();

    @Benchmark
    @OperationsPerInvocation(Bench.ROWS)
    public long columns() throws InterruptedException {
        return transformed(ofColumns, columns);
    }

    @Benchmark
    @OperationsPerInvocation(Bench.ROWS)
    public long objects() throws InterruptedException {
        return transformed(ofObjects, objects);
    }

    @Benchmark
    @OperationsPerInvocation(Bench.ROWS)
    public long copies() throws InterruptedException {
        for (int i = 0; i < objects.size(); i++) {
            objects.set(i, OptimisedKind.INSTANCE.copy(objects.get(i)));
        }
        return transformed(ofObjects, objects);
    }

    private static <B extends Batch> long transformed(Transform.Transformer<B> transformer, B batch)
            throws InterruptedException {
        var results = transformer.start(batch);
        transformer.slice(batch, 0, batch.size());
        var tally = new Tally();
        results.tally(0, results.size(), tally);
        return tally.sum;
    }
}
