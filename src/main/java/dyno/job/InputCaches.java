package dyno.job;

import dyno.job.OldestFirst.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Bounds what engines keep in the cache folder, see [dyno.engine.TrialContext#cache]. To be called while
/// no job runs on this node, so that nothing goes that is in use. Stateless.
///
/// ```text
/// cache/
///   measurements-4f…/     an entry: holds files
///   spill-91…/lock        what a job may resume: holds a file `lock`; stays for a day after it was used last
///   aggregation/          holds folders only:
///     77…/.used             an entry; the file says when it was used last
///     .half-…/              not complete, of a process that was killed while it made or removed it
/// ```
final class InputCaches {

    /// As long as kept outputs.
    static final Duration RESUMABLE = Duration.ofHours(24);

    private static final String USED = ".used";
    private static final String LOCK = "lock";

    private InputCaches() {}

    /// Removes what is not complete, what nobody resumed, and the least recently used inputs beyond the
    /// bound.
    ///
    /// @param maxBytes that the inputs may take together
    static void sweep(Path cache, long maxBytes, Instant now) throws IOException {
        if (!Files.isDirectory(cache)) {
            return;
        }
        var inputs = new ArrayList<Folder>();
        for (var folder : foldersOf(cache)) {
            if (isHalf(folder)) {
                Scratch.delete(folder);
            } else if (Files.exists(folder.resolve(LOCK))) {
                removeUnlessResumable(folder, now);
            } else {
                collect(folder, inputs);
            }
        }
        OldestFirst.bound(inputs, maxBytes);
    }

    /// An entry, or the entries of an engine that has a folder of its own.
    private static void collect(Path folder, List<Folder> inputs) throws IOException {
        var folders = foldersOf(folder);
        if (folders.isEmpty() || holdsFile(folder)) {
            inputs.add(entry(folder));
            return;
        }
        for (var child : folders) {
            if (isHalf(child)) {
                Scratch.delete(child);
            } else {
                inputs.add(entry(child));
            }
        }
    }

    private static boolean isHalf(Path folder) {
        return String.valueOf(folder.getFileName()).startsWith(OldestFirst.HALF);
    }

    private static void removeUnlessResumable(Path spill, Instant now) throws IOException {
        if (modified(spill.resolve(LOCK)).orElse(now).isBefore(now.minus(RESUMABLE))) {
            Scratch.delete(spill);
        }
    }

    private static Folder entry(Path folder) throws IOException {
        var usedAt = List.of(modified(folder), modified(folder.resolve(USED))).stream()
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return Folder.of(folder, usedAt);
    }

    private static Optional<Instant> modified(Path path) throws IOException {
        return Files.exists(path)
                ? Optional.of(Files.getLastModifiedTime(path)).map(FileTime::toInstant)
                : Optional.empty();
    }

    private static boolean holdsFile(Path folder) throws IOException {
        try (var found = Files.list(folder)) {
            return found.anyMatch(Files::isRegularFile);
        }
    }

    private static List<Path> foldersOf(Path folder) throws IOException {
        try (var found = Files.list(folder)) {
            return found.filter(Files::isDirectory).toList();
        }
    }
}
