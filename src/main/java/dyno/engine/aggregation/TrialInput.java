package dyno.engine.aggregation;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.TrialContext;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a trial's rows are: files of the cache, of a dataset, or objects of the store. Used by one
/// thread at a time.
final class TrialInput implements Closeable {

    private static final int COPY_BYTES = 1 << 20;

    private final TrialContext context;
    private final @Nullable S3Store store;
    private final List<String> uploaded = new ArrayList<>();
    private String uploads = "";
    private InputTables tables;
    private @Nullable InputTables local;

    private TrialInput(TrialContext context, @Nullable S3Store store) {
        this.context = context;
        this.store = store;
        this.tables = InputTables.NONE;
    }

    /// @throws EngineException where the input is damaged, lacks pod usage, or cannot be reached
    static TrialInput of(AggregationWorkload workload, TrialContext context, AggregationSettings settings)
            throws IOException, InterruptedException {
        var input = new TrialInput(context, store(workload, context, settings));
        try {
            input.find(workload, settings);
            return input;
        } catch (Throwable e) {
            input.close();
            throw e;
        }
    }

    private static @Nullable S3Store store(
            AggregationWorkload workload, TrialContext context, AggregationSettings settings) {
        if (!workload.input().isThroughStore()) {
            return null;
        }
        var configured = settings.store();
        if (configured == null) {
            throw new EngineException(FailureCode.INVALID_INPUT, "No object store is configured on this node");
        }
        return new S3Store(configured, context.cancellation());
    }

    private void find(AggregationWorkload workload, AggregationSettings settings)
            throws IOException, InterruptedException {
        var generate = workload.input().generate();
        if (generate != null) {
            var folder = new InputCache(context, settings.inputCacheBytes()).require(generate);
            tables = InputTables.below(folder);
            if (store != null) {
                local = tables;
                upload(folder, Objects.requireNonNull(settings.store()).uploads());
            }
            return;
        }
        var objects = workload.input().s3();
        if (objects != null) {
            // The list of allowed buckets is asked here once more: another node may have another.
            if (!settings.buckets().contains(objects.bucket())) {
                throw new EngineException(
                        FailureCode.INVALID_INPUT,
                        "input.s3.bucket is %s, which is not allowed on this node".formatted(objects.bucket()));
            }
            tables = InputTables.of(Objects.requireNonNull(store).list(objects.bucket(), objects.prefix()));
            return;
        }
        var name = Objects.requireNonNull(workload.input().dataset());
        var folder = context.datasets().get(name);
        if (folder == null) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT, "Dataset %s was not handed to this fork".formatted(name));
        }
        tables = InputTables.in(folder);
    }

    private void upload(Path folder, String bucket) throws IOException {
        var into = Objects.requireNonNull(store);
        uploads = bucket;
        var prefix = "dyno-scratch/%s/%d/".formatted(context.job(), context.fork());
        for (var table : Table.values()) {
            for (var file : tables.of(table)) {
                context.cancellation().check();
                var key = prefix + file.name();
                uploaded.add(key);
                into.upload(bucket, key, folder.resolve(file.name()));
            }
        }
        tables = InputTables.of(into.list(bucket, prefix));
    }

    /// What the timed region reads.
    InputTables tables() {
        return tables;
    }

    /// The same rows on disk, for DuckDB, which reads no objects here: what was uploaded, or copies in
    /// the trial's scratch folder.
    InputTables local() throws IOException {
        if (store == null) {
            return tables;
        }
        var known = local;
        if (known == null) {
            known = InputTables.of(copies());
            local = known;
        }
        return known;
    }

    /// Copies have numbers for names: what an object is called need not be a path.
    private List<InputFile> copies() throws IOException {
        var folder = Files.createDirectories(context.scratch().resolve("objects"));
        var copies = new ArrayList<InputFile>();
        for (var table : Table.values()) {
            for (var file : tables.of(table)) {
                if (file instanceof S3File object) {
                    var path = folder.resolve(copies.size() + ".parquet");
                    copy(object, path);
                    copies.add(LocalFile.of(folder, path).named(object.name()));
                }
            }
        }
        return copies;
    }

    private void copy(S3File object, Path to) throws IOException {
        var from = Objects.requireNonNull(store);
        try (var out = Files.newOutputStream(to)) {
            for (long at = 0; at < object.bytes(); at += COPY_BYTES) {
                context.cancellation().check();
                out.write(from.read(object, at, (int) Math.min(COPY_BYTES, object.bytes() - at)));
            }
        }
    }

    /// Null where no store is read.
    S3Store.@Nullable Traffic traffic() {
        return store == null ? null : store.traffic();
    }

    /// Removes what was uploaded.
    @Override
    public void close() throws IOException {
        if (store == null) {
            return;
        }
        try (store) {
            store.delete(uploads, uploaded);
        }
    }
}
