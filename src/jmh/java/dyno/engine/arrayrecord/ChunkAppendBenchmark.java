package dyno.engine.arrayrecord;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Framing of encoded and hashed chunks into a sink that takes everything: headers, block headers, index and the copy
/// into the staging buffer, no system call. One operation is one chunk. The file goes on through an iteration; with
/// `-prof gc` what is left is the index's growth.
///
/// ```text
/// java -cp target/classes:$(cat target/jmh.classpath) org.openjdk.jmh.Main ChunkAppendBenchmark -prof gc
/// ```
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class ChunkAppendBenchmark {

    private static final int CHUNKS = 256;

    /// About what a chunk of one probe record of the grouping engine's default input has, and a larger one.
    @Param({"700", "65536"})
    public int chunkBytes;

    private final EncodedChunks batch = new EncodedChunks();
    private ChunkAppender appender;

    @Setup(Level.Iteration)
    public void open() throws IOException {
        var options = new WriterOptions(1, Compression.NONE);
        byte[] data = new byte[chunkBytes];
        new Random(1).nextBytes(data);
        batch.clear();
        try (var encoder = new ChunkEncoder(options)) {
            for (int i = 0; i < CHUNKS; i++) {
                encoder.add(data, 0, chunkBytes);
                encoder.finish(batch);
            }
        }
        appender = new ChunkAppender(new NullChannel(), options);
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        appender.close();
    }

    @Benchmark
    @OperationsPerInvocation(CHUNKS)
    public long append() throws IOException {
        appender.append(batch);
        return appender.position();
    }
}
