package dyno.engine.aggregation;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.FullDisk;
import dyno.engine.TrialContext;
import dyno.engine.kernel.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Generated input by what it was generated from, so that later forks find it.
///
/// An entry is a folder that was made in the fork's scratch folder and renamed into place when it was
/// complete. Where
/// all of them take more than a bound, the least recently used go first.
final class InputCache {

    private static final int MOST_THREADS = 4;
    private static final long BYTES_PER_POD_ROW = 80;
    private static final long BYTES_PER_LABEL_ROW = 24;

    private static final String USED = ".used";

    private final Path folder;
    private final TrialContext context;
    private final long maxBytes;

    /// @param maxBytes that all entries may take
    InputCache(TrialContext context, long maxBytes) {
        this.maxBytes = maxBytes;
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
        byte[] text =
                "%s|%s".formatted(GeneratedTables.VERSION, generate.files()).getBytes(StandardCharsets.UTF_8);
        return new Sha256().update(text, 0, text.length).hex().substring(0, 32);
    }

    private void make(Generate generate, Path entry) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        long needed = estimatedBytes(generate);
        if (Files.getFileStore(folder).getUsableSpace() < needed) {
            throw diskFull(needed, null);
        }
        // Not in the cache: a process that is killed leaves it in its scratch folder, which the service removes.
        var half = context.scratch().resolve("making");
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
        } catch (IOException e) {
            if (FullDisk.is(e)) {
                throw diskFull(needed, e);
            }
            throw e;
        } finally {
            delete(half);
        }
    }

    private EngineException diskFull(long needed, @Nullable IOException cause) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        var full = new EngineException(
                FailureCode.DISK_FULL,
                "Generated input needs about %d bytes, but %d are free".formatted(needed, free),
                Map.of("path", folder.toString(), "neededBytes", needed, "freeBytes", free));
        if (cause != null) {
            full.initCause(cause);
        }
        return full;
    }

    private void write(Generate generate, Path half) throws IOException, InterruptedException {
        Files.createDirectories(half);
        var tasks = new GeneratedTables(generate, half, context.cancellation()).files();
        int threads = Math.clamp(context.machine().processors(), 1, Math.min(MOST_THREADS, tasks.size()));
        var next = new AtomicInteger();
        try (var pool = new Threads(threads, "aggregation-generate")) {
            pool.run(worker -> {
                int index = next.getAndIncrement();
                while (index < tasks.size() && !pool.isStopping()) {
                    tasks.get(index).write();
                    index = next.getAndIncrement();
                }
            });
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
            if (total <= maxBytes) {
                return;
            }
            total -= bytes(entry);
            remove(entry);
        }
    }

    /// Whole entries disappear at once: what is left of one of a process that was killed would count as an entry.
    private void remove(Path entry) throws IOException {
        var gone = context.scratch().resolve("evicted-" + entry.getFileName());
        try {
            Files.move(entry, gone, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // Another fork was faster.
            return;
        }
        delete(gone);
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
