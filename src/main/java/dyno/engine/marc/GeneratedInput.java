package dyno.engine.marc;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.marc.MarcWorkload.Generate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.concurrent.Callable;

/// Makes a generated file by several threads at a time, in memory or on disk; the bytes do not depend on how
/// many there are.
final class GeneratedInput {

    /// Largest array that every JVM gives.
    static final long LARGEST_IN_MEMORY = 2_147_000_000L;

    private static final int CHUNK_RECORDS = 8192;

    private final Generate generate;
    private final Workers workers;
    private final int chunks;

    GeneratedInput(Generate generate, Workers workers) {
        this.generate = generate;
        this.workers = workers;
        this.chunks = Math.ceilDiv(generate.records(), CHUNK_RECORDS);
    }

    /// The whole file. It is generated twice, first for its length alone: nothing but the result is ever in
    /// memory.
    byte[] inMemory() throws IOException, InterruptedException {
        var lengthTasks = new ArrayList<Callable<Integer>>();
        for (int c = 0; c < chunks; c++) {
            int chunk = c;
            lengthTasks.add(() -> chunk(chunk).size);
        }
        var lengths = workers.runAll(lengthTasks);
        long total = lengths.stream().mapToLong(Integer::longValue).sum();
        if (total > LARGEST_IN_MEMORY) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT,
                    "The file has %d bytes; source MEMORY takes at most %d".formatted(total, LARGEST_IN_MEMORY));
        }
        byte[] bytes = new byte[(int) total];
        var tasks = new ArrayList<Callable<Integer>>();
        int at = 0;
        for (int c = 0; c < chunks; c++) {
            int chunk = c;
            int from = at;
            tasks.add(() -> {
                var output = chunk(chunk);
                System.arraycopy(output.bytes, 0, bytes, from, output.size);
                return output.size;
            });
            at += lengths.get(c);
        }
        workers.runAll(tasks);
        return bytes;
    }

    /// Writes the whole file.
    void writeTo(Path path) throws IOException, InterruptedException {
        try (var stored = new StoredOutput(path, new byte[0])) {
            inOrder(stored.part(0));
            stored.finish();
        }
    }

    /// SHA-256 of the file's bytes, made anew from the seed.
    void digest(MessageDigest digest) throws IOException, InterruptedException {
        inOrder((bytes, count) -> digest.update(bytes, 0, count));
    }

    private void inOrder(OutputSink sink) throws IOException, InterruptedException {
        int atOnce = workers.threads() * 4;
        for (int from = 0; from < chunks; from += atOnce) {
            var tasks = new ArrayList<Callable<Output>>();
            for (int c = from; c < Math.min(chunks, from + atOnce); c++) {
                int chunk = c;
                tasks.add(() -> chunk(chunk));
            }
            for (var output : workers.runAll(tasks)) {
                sink.accept(output.bytes, output.size);
            }
        }
    }

    private Output chunk(int chunk) {
        workers.check();
        var generator = new Generator(generate);
        var output = Output.keeping();
        long until = Math.min(generate.records(), (chunk + 1L) * CHUNK_RECORDS);
        for (long i = (long) chunk * CHUNK_RECORDS; i < until; i++) {
            generator.append(i, output);
        }
        return output;
    }
}
