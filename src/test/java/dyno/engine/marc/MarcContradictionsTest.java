package dyno.engine.marc;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Contradictions.Contradiction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarcContradictionsTest {

    @Test
    void listsAllContradictionsAtOnce() {
        var found = Binding.contradictions(Map.of(
                "strategy", "SPLIT_FILE",
                "files", 4L,
                "operation", "CSV",
                "implementation", "MARC4J",
                "input", Map.of("generate", Map.of("malformedRatio", 0.1))));

        assertThat(found)
                .extracting(Contradiction::field)
                .contains("files", "errorMode", "operation", "strategy", "input.generate.malformedRatio");
        assertThat(found)
                .extracting(Contradiction::message)
                .contains("strategy SPLIT_FILE reads one file with several threads, but files is 4: use files 1 or"
                        + " strategy PARALLEL_FILES.");
    }

    @Test
    void namesEachContradiction() {
        assertContradicts(Map.of("threads", 2L), "threads");
        assertContradicts(Map.of("strategy", "PIPELINE", "operation", "JSON", "threads", 1L), "threads");
        assertContradicts(Map.of("strategy", "PIPELINE", "operation", "JSON", "files", 2L), "files");
        assertContradicts(Map.of("strategy", "PIPELINE", "operation", "READ_EAGER"), "strategy");
        assertContradicts(Map.of("strategy", "SPLIT_FILE", "operation", "WRITE"), "strategy");
        assertContradicts(Map.of("strategy", "SPLIT_FILE", "threads", 4L, "segments", 2L), "segments");
        assertContradicts(Map.of("segments", 2L), "segments");
        assertContradicts(Map.of("batchBytes", 8192L), "batchBytes");
        assertContradicts(Map.of("queueBatches", 8L), "queueBatches");
        assertContradicts(Map.of("operation", "WRITE", "source", "FILE"), "source");
        assertContradicts(Map.of("operation", "WRITE", "strategy", "PROCESSES"), "strategy");
        assertContradicts(Map.of("strategy", "PROCESSES", "source", "MEMORY"), "source");
        assertContradicts(Map.of("sink", "FILE"), "sink");
        assertContradicts(Map.of("extract", List.of("001")), "extract");
        assertContradicts(Map.of("jsonContainer", "ARRAY"), "jsonContainer");
        assertContradicts(Map.of("csvRecordColumn", true), "csvRecordColumn");
        assertContradicts(Map.of("operation", "JSON", "xmlIllegal", "DROP"), "xmlIllegal");
        assertContradicts(Map.of("characterSet", "MARC8"), "characterSet");
        assertContradicts(generated("encoding", "MARC8", "characterSet", "UTF8"), "characterSet");
        assertContradicts(Map.of("implementation", "MARC4J", "errorMode", "SKIP"), "errorMode");
        assertContradicts(Map.of("implementation", "MARC4J", "validation", "MARC21"), "validation");
        assertContradicts(Map.of("input", Map.of("dataset", "d", "generate", Map.of())), "input");
        assertContradicts(Map.of("input", Map.of()), "input");
    }

    @Test
    void refusesAFileThatNoArrayHolds() {
        var tree = generated("records", 100_000_000L, "source", "MEMORY");

        assertThat(Binding.contradictions(tree)).isEmpty();
        assertThat(Binding.beyondLimits(tree)).singleElement().satisfies(limit -> {
            assertThat(limit.field()).isEqualTo("input.generate.records");
            assertThat(limit.message()).contains("2147000000", "100000000");
        });
    }

    private static Map<String, Object> generated(String field, Object value, String other, Object otherValue) {
        return Map.of("input", Map.of("generate", Map.of(field, value)), other, otherValue);
    }

    private void assertContradicts(Map<String, Object> tree, String field) {
        assertThat(Binding.contradictions(tree))
                .as(tree.toString())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.field()).isEqualTo(field);
                    assertThat(found.message()).endsWith(".").contains(": ");
                });
    }
}
