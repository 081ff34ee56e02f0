package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.EngineException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/// Rows with everything wrong with them, against the plain aggregation.
class DefectsTest {

    @Test
    void agreesWithThePlainAggregationOnHundredsOfSeeds() throws Exception {
        agrees(1, 200);
    }

    @Tag("long")
    @Test
    void agreesWithThePlainAggregationOnTenThousandSeeds() throws Exception {
        agrees(1_000, 10_000);
    }

    private static void agrees(long firstSeed, int seeds) throws Exception {
        try (var input = Inputs.empty()) {
            for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
                agrees(input, seed);
            }
        }
    }

    private static void agrees(Inputs input, long seed) throws Exception {
        var random = new SplittableRandom(seed);
        var rows = new RandomRows(random);
        var pods = rows.pods(1 + random.nextInt(60));
        var nodes = rows.labels("n1", "n2", 1 + random.nextInt(8));
        var namespaces = rows.labels("s1", "s2", 1 + random.nextInt(8));
        int cut = random.nextInt(pods.size());
        var folder = input.folder().resolve(Long.toString(seed));
        java.nio.file.Files.createDirectories(folder);
        if (cut > 0) {
            PodFiles.pods(folder.resolve("a.parquet"), pods.subList(0, cut), 1 + random.nextInt(20));
        }
        PodFiles.pods(folder.resolve("b.parquet"), pods.subList(cut, pods.size()), 100);
        PodFiles.labels(folder.resolve("nodes.parquet"), "node", nodes);
        PodFiles.labels(folder.resolve("namespaces.parquet"), "namespace", namespaces);
        var workload = input.workload(Map.of(
                "enabledKeys",
                RandomRows.KEYS,
                "strategy",
                List.of("IN_MEMORY", "STREAMING", "STREAMING_PARALLEL").get(random.nextInt(3)),
                "chunkRows",
                1L + random.nextInt(30),
                "labelMode",
                random.nextBoolean() ? "PER_ROW" : "PER_DISTINCT"));
        var plain = new PlainAggregation(RandomRows.KEYS);
        var expected = plain.lines(pods, nodes, namespaces);

        try (var aggregation =
                new Aggregation(workload, InputTables.below(folder), dyno.engine.Cancellation.NONE, 1L << 20)) {
            var result = aggregation.run();

            assertThat(strings(CanonicalLines.of(result))).as("seed %d", seed).isEqualTo(strings(expected));
            assertThat(result.counts().anomalous).as("seed %d", seed).isEqualTo(plain.anomalous);
            assertThat(result.counts().withoutNode).as("seed %d", seed).isEqualTo(plain.withoutNode);
            assertThat(result.counts().malformedLabels).as("seed %d", seed).isEqualTo(plain.malformed);
        } catch (EngineException e) {
            throw new AssertionError("seed " + seed, e);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static List<String> strings(List<byte[]> lines) {
        return lines.stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }
}
