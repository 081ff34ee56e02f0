package dyno.engine.grouping;

import dyno.engine.arrayrecord.ChunkEncoder;
import dyno.engine.arrayrecord.Compression;
import dyno.engine.arrayrecord.EncodedChunks;
import dyno.engine.arrayrecord.WriterOptions;
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

/// One record of a probe made a chunk: the copy, zstd and the hash of what comes out. In the engine records are written
/// where they are compressed from, so that the copy falls away.
///
/// ```text
/// java -cp target/classes:$(cat target/jmh.classpath) org.openjdk.jmh.Main ZstdChunkBenchmark -prof gc
/// ```
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class ZstdChunkBenchmark {

    @Param({"26", "390"})
    public int rows;

    @Param({"-1", "1", "3", "9"})
    public int level;

    private byte[] record;
    private ChunkEncoder encoder;
    private final EncodedChunks chunks = new EncodedChunks();

    @Setup(Level.Trial)
    public void prepare() {
        record = new ProbeRows(rows).record();
        encoder = new ChunkEncoder(new WriterOptions(1, Compression.zstd(level)));
    }

    @TearDown(Level.Trial)
    public void close() {
        encoder.close();
    }

    @Benchmark
    public long chunk() {
        chunks.clear();
        encoder.add(record, 0, record.length);
        encoder.finish(chunks);
        return chunks.hash(0);
    }
}
