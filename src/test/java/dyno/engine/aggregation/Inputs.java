package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import dyno.support.TestFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/// Input files of a test, and their aggregation in this JVM.
final class Inputs implements AutoCloseable {

    private final Path folder;
    private final Map<String, Object> generate;
    private final boolean isOwn;

    private Inputs(Path folder, Map<String, Object> generate, boolean isOwn) {
        this.folder = folder;
        this.generate = generate;
        this.isOwn = isOwn;
    }

    /// Files that other tests may read as well.
    static Inputs generated(Map<String, Object> generate) throws Exception {
        var workload = Binding.generated(generate, Map.of());
        var folder = new InputCache(Trials.context(Cancellation.NONE, Map.of()), 1L << 30)
                .require(workload.input().generate());
        return new Inputs(folder, generate, false);
    }

    /// An empty folder for files of the test's own.
    static Inputs empty() {
        return new Inputs(TestFolders.fresh("aggregation"), Map.of("scale", "SMALL"), true);
    }

    Path folder() {
        return folder;
    }

    AggregationWorkload workload(Map<String, Object> fields) {
        return Binding.generated(generate, fields);
    }

    Result aggregate(Map<String, Object> fields) throws Exception {
        return aggregate(workload(fields));
    }

    Result aggregate(AggregationWorkload workload) throws Exception {
        try (var aggregation = new Aggregation(
                workload, InputTables.below(folder), Cancellation.NONE, AggregationSettings.DEFAULT.textCacheBytes())) {
            return aggregation.run();
        }
    }

    String digest(Map<String, Object> fields) throws Exception {
        return CanonicalLines.digest(CanonicalLines.of(aggregate(fields)));
    }

    static Map<String, Object> and(Map<String, Object> some, String name, Object value) {
        var all = new LinkedHashMap<>(some);
        all.put(name, value);
        return all;
    }

    @Override
    public void close() throws IOException {
        if (isOwn) {
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
