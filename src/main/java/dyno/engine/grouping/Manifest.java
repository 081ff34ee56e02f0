package dyno.engine.grouping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.grouping.GroupingWorkload.Packing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The text of `manifest.json`: what the two files hold, without a time, a host or how it was done.
///
/// @param inputDigest `sha256:` and 64 hex digits
record Manifest(
        String inputDigest,
        int inputFiles,
        long inputRows,
        Dropped dropped,
        long splitProbes,
        int maxParts,
        GroupingWorkload workload,
        List<FileFacts> files) {

    static final String NAME = "manifest.json";

    /// One file.
    ///
    /// @param sha256        null until it is taken, after the clock has stopped; `contentDigest` likewise
    record FileFacts(
            String name,
            long bytes,
            @Nullable String sha256,
            @Nullable String contentDigest,
            long records,
            long probes,
            long measurements,
            long chunks,
            long decodedBytes) {}

    void write(Path folder) throws IOException {
        var temporary = folder.resolve(NAME + ".tmp");
        Files.write(temporary, text().getBytes(UTF_8));
        Files.move(
                temporary, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    String text() {
        boolean isPacked = workload.compression() != Packing.NONE;
        var text = new StringBuilder("{\n  \"format\": 1,\n");
        text.append("  \"input\": {\"digest\": \"%s\", \"files\": %d, \"rows\": %d},\n"
                .formatted(inputDigest, inputFiles, inputRows));
        text.append("  \"dropped\": {\"nullSource\": %d, \"nullTime\": %d},\n"
                .formatted(dropped.nullSource(), dropped.nullTime()));
        text.append("  \"probes\": %d,\n".formatted(sum(FileFacts::probes)));
        text.append("  \"measurements\": %d,\n".formatted(sum(FileFacts::measurements)));
        text.append("  \"records\": %d,\n".formatted(sum(FileFacts::records)));
        text.append("  \"splitProbes\": %d,\n  \"maxPartsPerProbe\": %d,\n".formatted(splitProbes, maxParts));
        text.append("  \"split\": {\"rule\": \"%s\", \"trainRatio\": %s},\n"
                .formatted(workload.split(), workload.trainRatio()));
        text.append(
                "  \"options\": {\"compression\": \"%s\", \"compressionLevel\": %s, \"groupSize\": %d, \"maxRowBytes\": %d},\n"
                        .formatted(
                                workload.compression(),
                                isPacked ? workload.compressionLevel() : "null",
                                workload.groupSize(),
                                workload.maxRowBytes()));
        text.append("  \"files\": [\n");
        for (int i = 0; i < files.size(); i++) {
            text.append(text(files.get(i))).append(i + 1 < files.size() ? ",\n" : "\n");
        }
        return text.append("  ]\n}\n").toString();
    }

    private static String text(FileFacts file) {
        return "    {\"name\": \"%s\", \"bytes\": %d, \"sha256\": %s, \"contentDigest\": %s, \"records\": %d, "
                        .formatted(file.name, file.bytes, quoted(file.sha256), quoted(file.contentDigest), file.records)
                + "\"probes\": %d, \"measurements\": %d, \"chunks\": %d, \"decodedBytes\": %d}"
                        .formatted(file.probes, file.measurements, file.chunks, file.decodedBytes);
    }

    private long sum(ToLongFunction<FileFacts> count) {
        return files.stream().mapToLong(count).sum();
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : '"' + text + '"';
    }
}
