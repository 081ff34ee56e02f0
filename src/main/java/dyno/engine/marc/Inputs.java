package dyno.engine.marc;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.TrialContext;
import dyno.engine.marc.MarcWorkload.Generate;
import dyno.engine.marc.MarcWorkload.Source;
import dyno.engine.marc.MarcWorkload.Strategy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// The files of a trial, ready to be read.
///
/// @param files       in order
/// @param digest      of all their bytes, one file after another
/// @param loadSeconds how long it took to bring them into memory; 0 where they stay on disk
record Inputs(List<InputFile> files, String digest, double loadSeconds) {

    private static final int DIGEST_BYTES = 256 << 10;
    private static final int MOST_MAKERS = 4;

    static Inputs prepare(MarcWorkload workload, TrialContext context) throws IOException, InterruptedException {
        var watch = new Stopwatch();
        var generate = workload.input().generate();
        var files = generate == null ? stored(workload, context) : generated(workload, generate, context);
        double seconds = workload.source() == Source.MEMORY ? watch.nanos() / 1e9 : 0;
        return new Inputs(files, digest(files), seconds);
    }

    long bytes() {
        return files.stream().mapToLong(InputFile::sizeBytes).sum();
    }

    /// Threads that make input: a few, whatever the workload's own number is.
    static Workers makers(TrialContext context) {
        return new Workers(Math.clamp(context.machine().processors(), 1, MOST_MAKERS), context.cancellation());
    }

    private static List<InputFile> generated(MarcWorkload workload, Generate generate, TrialContext context)
            throws IOException, InterruptedException {
        int count = Objects.requireNonNullElse(workload.files(), 1);
        var files = new ArrayList<InputFile>();
        try (var makers = makers(context)) {
            var input = new GeneratedInput(generate, makers);
            if (workload.source() == Source.MEMORY) {
                byte[] first = input.inMemory();
                for (int i = 0; i < count; i++) {
                    files.add(InputFile.inMemory(generatedName(i), i == 0 ? first : first.clone()));
                }
                return files;
            }
            var first = context.scratch().resolve(generatedName(0));
            input.writeTo(first);
            for (int i = 0; i < count; i++) {
                var path = context.scratch().resolve(generatedName(i));
                if (i > 0) {
                    copy(first, path);
                }
                files.add(InputFile.onDisk(generatedName(i), path));
            }
            return files;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var source = FileChannel.open(from, StandardOpenOption.READ);
                var stored = new StoredOutput(to, new byte[0])) {
            var sink = stored.part(0);
            var buffer = ByteBuffer.allocate(DIGEST_BYTES);
            while (source.read(buffer) >= 0) {
                sink.accept(buffer.array(), buffer.position());
                buffer.clear();
            }
            stored.finish();
        }
    }

    private static String generatedName(int file) {
        return "generated-%d.mrc".formatted(file);
    }

    private static List<InputFile> stored(MarcWorkload workload, TrialContext context) throws IOException {
        String name = Objects.requireNonNull(workload.input().dataset(), "neither generate nor dataset");
        var folder = context.datasets().get(name);
        if (folder == null) {
            throw new EngineException(FailureCode.INVALID_INPUT, "There is no dataset " + name);
        }
        var paths = paths(folder);
        if (paths.isEmpty()) {
            throw new EngineException(FailureCode.INVALID_INPUT, "Dataset %s has no files".formatted(name));
        }
        int count = Objects.requireNonNullElse(workload.files(), paths.size());
        requireOneFile(workload, name, count);
        var files = new ArrayList<InputFile>();
        for (int i = 0; i < count; i++) {
            var path = paths.get(i % paths.size());
            files.add(
                    workload.source() == Source.FILE
                            ? InputFile.onDisk(fileName(path), path)
                            : InputFile.inMemory(fileName(path), load(path)));
        }
        return files;
    }

    private static List<Path> paths(Path folder) throws IOException {
        try (var list = Files.list(folder)) {
            return list.filter(Files::isRegularFile)
                    .sorted((a, b) -> Arrays.compareUnsigned(nameBytes(a), nameBytes(b)))
                    .toList();
        }
    }

    private static byte[] nameBytes(Path path) {
        return fileName(path).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static byte[] load(Path path) throws IOException {
        long size = Files.size(path);
        if (size > GeneratedInput.LARGEST_IN_MEMORY) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT,
                    "%s has %d bytes; source MEMORY takes at most %d: use source FILE"
                            .formatted(fileName(path), size, GeneratedInput.LARGEST_IN_MEMORY));
        }
        return Files.readAllBytes(path);
    }

    private static void requireOneFile(MarcWorkload workload, String dataset, int count) {
        boolean readsOne = workload.strategy() == Strategy.SPLIT_FILE || workload.strategy() == Strategy.PIPELINE;
        if (readsOne && count > 1) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT,
                    "strategy %s reads one file, but dataset %s has %d: use files 1"
                            .formatted(workload.strategy(), dataset, count));
        }
    }

    private static String digest(List<InputFile> files) throws IOException {
        var digest = Digests.sha256();
        for (var file : files) {
            update(digest, file);
        }
        return Digests.labelled(digest.digest());
    }

    private static void update(MessageDigest digest, InputFile file) throws IOException {
        byte[] bytes = file.bytes();
        if (bytes != null) {
            digest.update(bytes);
            return;
        }
        try (var in = file.stream()) {
            byte[] buffer = new byte[DIGEST_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }
}
