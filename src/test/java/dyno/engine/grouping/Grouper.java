package dyno.engine.grouping;

import dyno.engine.Cancellation;
import dyno.engine.Machine;
import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Work;
import dyno.engine.grouping.GroupingWorkload.Generate;
import dyno.engine.grouping.GroupingWorkload.Packing;
import dyno.engine.grouping.GroupingWorkload.RowOrder;
import dyno.engine.grouping.GroupingWorkload.Split;
import dyno.engine.grouping.GroupingWorkload.SqlTransport;
import dyno.engine.grouping.GroupingWorkload.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A workload that a test changes field by field, and runs.
final class Grouper {

    static final Generate SMALL = new Generate(10, 3, 0, 1, 1, RowOrder.TIME);
    static final Generate DEFAULT = new Generate(500_028, 18_928, 0.8, 42, 1, RowOrder.TIME);

    private static final Machine MACHINE =
            new Machine(2, OptionalInt.empty(), 8L << 30, OptionalLong.empty(), OptionalLong.empty());

    private final Path folder;
    Generate generate = SMALL;

    @Nullable
    Path dataset;

    Strategy strategy = Strategy.COLUMNAR;
    int workers = 2;
    Split split = Split.HASH;
    double trainRatio = 0.9;
    int maxRowBytes = 8_388_608;
    int groupSize = 1;
    Packing packing = Packing.ZSTD;
    int level = 3;
    long memoryLimitBytes = 1L << 30;
    int spillBuckets;
    boolean resume;

    @Nullable
    Integer sampleKeys;

    SqlTransport transport = SqlTransport.ARROW;
    Cancellation cancellation = Cancellation.NONE;
    Path cache;
    FileMaker maker = FileMaker.DISK;

    /// @param folder of the test's own
    Grouper(Path folder) {
        this.folder = folder;
        this.cache = folder.resolve("cache");
    }

    GroupingWorkload workload() {
        var input = dataset == null
                ? new GroupingWorkload.Input(generate, null)
                : new GroupingWorkload.Input(null, "stored");
        return new GroupingWorkload(
                input,
                strategy,
                workers,
                split,
                trainRatio,
                maxRowBytes,
                groupSize,
                packing,
                level,
                memoryLimitBytes,
                spillBuckets,
                resume,
                sampleKeys,
                transport,
                false);
    }

    TrialContext context() throws IOException {
        var scratch = Files.createTempDirectory(Files.createDirectories(folder.resolve("scratch")), "fork");
        Map<String, Path> datasets = dataset == null ? Map.of() : Map.of("stored", dataset);
        return new TrialContext(scratch, cache, MACHINE, cancellation, 0, Depth.FULL, datasets);
    }

    /// What a run left.
    record Outcome(Work work, Verification verification, TrialReport report, Path output, Path scratch) {

        @SuppressWarnings("unchecked")
        String content(String file) {
            return (String) ((Map<String, Object>) report.details().get(file)).get("contentDigest");
        }

        String files() {
            return (String) report.metrics().get("filesDigest");
        }

        long metric(String name) {
            return ((Number) report.metrics().get(name)).longValue();
        }

        String manifest() throws IOException {
            return Files.readString(output.resolve(Manifest.NAME));
        }
    }

    Outcome run() throws Exception {
        var context = context();
        try (var trial = GroupingTrial.prepare(workload(), context, maker)) {
            var work = trial.invoke();
            var verification = trial.verify();
            return new Outcome(
                    work, verification, trial.report(), context.scratch().resolve("output"), context.scratch());
        }
    }
}
