package dyno.engine.aggregation;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.TrialContext;
import dyno.engine.kernel.Sha256;
import dyno.engine.kernel.WorkerFailureException;
import dyno.engine.kernel.WorkerPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Generated input by what it was generated from, so that later forks find it.
///
/// An entry is a folder that was renamed into place when it was complete. Where all of them take more than a bound,
/// the least recently used go first.
final class InputCache {

    private static final long MAX_BYTES = 20L << 30;
    private static final int MOST_THREADS = 4;
    private static final long BYTES_PER_POD_ROW = 80;
    private static final long BYTES_PER_LABEL_ROW = 24;

    private static final String USED = ".used";

    private final Path folder;
    private final TrialContext context;

    InputCache(TrialContext context) {
        this.folder = context.cache().resolve("aggregation");
        this.context = context;
    }

    /// The folder of the generated input.
    ///
    /// @throws EngineException where the disk has no room for it
    Path require(Generate generate) throws IOException, InterruptedException {
        var entry = folder.resolve(key(generate));
        if (!Files.isDirectory(entry)) {
            make(generate, entry);
        }
        // The file system's clock says when it was used last.
        Files.write(entry.resolve(USED), new byte[] {'\n'});
        evict(entry);
        return entry;
    }

    /// Bytes that the files take, roughly and rather too many.
    static long estimatedBytes(Generate generate) {
        long hours = (long) generate.days() * generate.hoursPerDay();
        long labelRows = generate.labelRows() == LabelRows.PER_POD
                ? 2 * generate.podRows()
                : hours * (generate.nodeCount() + generate.namespaceCount());
        return (generate.podRows() + 2 * hours * generate.volumes()) * BYTES_PER_POD_ROW
                + labelRows * BYTES_PER_LABEL_ROW
                + generate.podCount() * 512L
                + (4L << 20);
    }

    private static String key(Generate generate) {
        // The scale is left out: what it stands for is in the other fields.
        byte[] text = Stream.of(
                        GeneratedTables.VERSION,
                        generate.pods(),
                        generate.nodes(),
                        generate.namespaces(),
                        generate.days(),
                        generate.hoursPerDay(),
                        generate.labelCardinality(),
                        generate.layout(),
                        generate.volumes(),
                        generate.month(),
                        generate.seed(),
                        generate.filesPerDay(),
                        generate.rowGroupRows(),
                        generate.compression(),
                        generate.labelFormat(),
                        generate.labelRows(),
                        generate.defectsPerMillion())
                .map(String::valueOf)
                .reduce("", (a, b) -> a + '|' + b)
                .getBytes(StandardCharsets.UTF_8);
        return new Sha256().update(text, 0, text.length).hex().substring(0, 32);
    }

    private void make(Generate generate, Path entry) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        long needed = estimatedBytes(generate);
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < needed) {
            throw new EngineException(
                    FailureCode.DISK_FULL,
                    "Generated input needs about %d bytes, but %d are free".formatted(needed, free));
        }
        var half = folder.resolve(".half-" + UUID.randomUUID());
        try {
            write(generate, half);
            try {
                Files.move(half, entry, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException | AtomicMoveNotSupportedException e) {
                if (!Files.isDirectory(entry)) {
                    throw e;
                }
                // Somebody else made the same entry meanwhile.
            }
        } finally {
            delete(half);
        }
    }

    private void write(Generate generate, Path half) throws IOException, InterruptedException {
        Files.createDirectories(half);
        var tasks = new GeneratedTables(generate, half, context.cancellation()).files();
        int threads = Math.clamp(context.machine().processors(), 1, Math.min(MOST_THREADS, tasks.size()));
        var next = new AtomicInteger();
        try (var pool = new WorkerPool(threads, "aggregation-generate", WorkerPool.Waiting.PARK)) {
            pool.run(worker -> {
                int index = next.getAndIncrement();
                while (index < tasks.size() && !pool.isStopping()) {
                    tasks.get(index).write();
                    index = next.getAndIncrement();
                }
            });
        } catch (WorkerFailureException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case IOException cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    private void evict(Path used) throws IOException {
        var entries = new ArrayList<Path>();
        try (var list = Files.list(folder)) {
            list.filter(path -> !path.equals(used)).forEach(entries::add);
        }
        entries.sort(Comparator.comparing(InputCache::lastUsed));
        long total = bytes(used);
        for (var entry : entries) {
            total += bytes(entry);
        }
        for (var entry : entries) {
            if (total <= MAX_BYTES) {
                return;
            }
            total -= bytes(entry);
            delete(entry);
        }
    }

    private static FileTime lastUsed(Path entry) {
        try {
            var used = entry.resolve(USED);
            return Files.getLastModifiedTime(Files.exists(used) ? used : entry);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long bytes(Path entry) throws IOException {
        try (var paths = Files.walk(entry)) {
            return paths.filter(Files::isRegularFile)
                    .mapToLong(path -> path.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path entry) throws IOException {
        if (!Files.exists(entry)) {
            return;
        }
        List<Path> paths;
        try (var walk = Files.walk(entry)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (var path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
