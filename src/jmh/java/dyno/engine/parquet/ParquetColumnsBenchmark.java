package dyno.engine.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.parquet.OutputColumn.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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

/// Reading two columns of a million rows, page by page, from the page cache: a timestamp and a dictionary-coded text.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class ParquetColumnsBenchmark {

    private static final int ROWS = 1_000_000;

    @Param({"18928", "1000000"})
    private int texts;

    private Path file;

    @Setup
    public void write() throws IOException {
        file = Files.createTempDirectory("bench").resolve("rows.parquet");
        var columns = List.of(
                OutputColumn.required("time", Kind.TIMESTAMP_NANOS),
                OutputColumn.required("text", Kind.STRING),
                OutputColumn.required("rtt", Kind.DOUBLE));
        var random = new Random(1);
        try (var output = ParquetOutput.create(file, columns, 1 << 20)) {
            for (int row = 0; row < ROWS; row++) {
                byte[] text = ("10.1." + random.nextInt(texts)).getBytes(UTF_8);
                output.putLong(0, row * 24_000_000L).putBytes(1, text, 0, text.length);
                output.putDouble(2, random.nextDouble()).endRow();
            }
            output.finish();
        }
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        Files.delete(file);
        Files.delete(file.getParent());
    }

    @Benchmark
    public long read() throws IOException {
        long sum = 0;
        try (var input = ParquetInput.open(file)) {
            var reader = input.rowGroup(0, List.of("time", "text"));
            var times = reader.longs("time");
            var names = reader.binaries("text");
            for (int rows = reader.next(1 << 16); rows > 0; rows = reader.next(1 << 16)) {
                sum += times.values()[times.from()];
                sum += names.isCoded() ? names.codes()[names.from()] : names.strings().lengths()[names.from()];
            }
        }
        return sum;
    }
}
