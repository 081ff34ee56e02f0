package dyno.engine.generator;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One thread's loops, a chunk at a time, without pools or probes: chunks a second, to be multiplied by
/// `chunkBytes`. Does not compare what hand-offs, streams or sinks cost.
///
/// ```text
/// ./mvnw -q -Pjmh compile dependency:build-classpath -Dmdep.outputFile=target/jmh.classpath
/// java -cp target/classes:$(cat target/jmh.classpath) org.openjdk.jmh.Main GeneratorKernelBenchmark.counter \
///     -p chunkBytes=1048576 -prof gc
/// ```
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx1g"})
public class GeneratorKernelBenchmark {

    private static final int PIECE_BYTES = 1 << 20;

    @Param({"HEAP", "NATIVE"})
    public BufferKind buffer;

    @Param({"1048576", "16777216", "67108864", "268435456"})
    public int chunkBytes;

    @Param({"1", "2", "4"})
    public double compressRatio;

    @Param({"0", "3"})
    public int misalign;

    private ChunkBuffers buffers;
    private ContentWriter counter;
    private ContentWriter xoshiro;
    private ContentWriter aesCtr;
    private ContentWriter jdkRandom;
    private ContentWriter zero;

    @Setup(Level.Trial)
    public void allocate() {
        buffers = ChunkBuffers.allocate(buffer, 1, chunkBytes + Long.BYTES);
        counter = writer(Algorithm.COUNTER);
        xoshiro = writer(Algorithm.XOSHIRO);
        aesCtr = writer(Algorithm.AES_CTR);
        jdkRandom = writer(Algorithm.JDK_RANDOM);
        zero = writer(Algorithm.ZERO);
    }

    @TearDown(Level.Trial)
    public void free() {
        buffers.close();
    }

    @Benchmark
    public byte counter() {
        return fill(counter);
    }

    @Benchmark
    public byte xoshiro() {
        return fill(xoshiro);
    }

    @Benchmark
    public byte aesCtr() {
        return fill(aesCtr);
    }

    @Benchmark
    public byte jdkRandom() {
        return fill(jdkRandom);
    }

    @Benchmark
    public byte zero() {
        return fill(zero);
    }

    private byte fill(ContentWriter writer) {
        var destination = buffers.first();
        for (int done = 0; done < chunkBytes; done += PIECE_BYTES) {
            writer.write(destination, misalign + done, PIECE_BYTES, done);
        }
        return destination.read(misalign + chunkBytes - 1L);
    }

    private ContentWriter writer(Algorithm algorithm) {
        double compress = algorithm == Algorithm.ZERO ? 1 : compressRatio;
        return ContentWriter.of(new Content(
                algorithm, Layout.INTERLEAVED, 42, 0, 1L << 40, new Ratios(compress, 1, 4096, PIECE_BYTES)));
    }
}
