package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.Shape;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What the benchmarks of this package have in common: records a second of [Bench#RECORDS] records in memory, in
/// each shape, measured in three forks.
///
/// ```text
/// ./mvnw -q -Pjmh compile dependency:build-classpath -Dmdep.outputFile=target/jmh.classpath
/// java -cp target/classes:$(cat target/jmh.classpath) org.openjdk.jmh.Main dyno.engine.marc -prof gc
/// ```
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx1g"})
public abstract class MarcBenchmark {

    @Param({"TINY", "REALISTIC"})
    public Shape shape;
}
