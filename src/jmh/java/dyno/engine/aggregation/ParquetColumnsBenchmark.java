package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.TearDown;
/// Reading the pod columns of 99,840 rows into chunks, files in the page cache; nothing is aggregated.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ParquetColumnsBenchmark {

    private Path folder;
    private InputTables tables;
    private final PodChunk chunk = new PodChunk();

    @Setup(Level.Trial)
    public void generate() throws IOException {
        folder = Files.createTempDirectory("parquet-columns");
        var generate = new Generate(
                Scale.PLAN_100K, 4_160, 40, 40, 1, 24, 4_160, PodLayout.PACKED, 0, "2025-10", 42, 1, 131_072,
                FileCompression.SNAPPY, LabelFormat.JSON, LabelRows.PER_OBJECT, 0);
        for (var file : new GeneratedTables(generate, folder, Cancellation.NONE).files()) {
            file.write();
        }
        tables = InputTables.below(folder);
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Benchmark
    public long read() throws IOException {
        long rows = 0;
        for (var file : tables.of(Table.POD_USAGE)) {
            try (var input = file.open()) {
                for (int group = 0; group < input.rowGroups().size(); group++) {
                    var reader = new PodReader(
                            input, group, new PodReader.Columns(false, true), new PodNames(), dictionary -> {});
                    while (reader.fill(chunk, 100_000)) {
                        rows += chunk.rows;
                    }
                }
            }
        }
        return rows;
    }
}
