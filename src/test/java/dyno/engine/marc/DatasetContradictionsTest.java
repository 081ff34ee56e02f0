package dyno.engine.marc;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.catalog.EngineCatalog;
import dyno.engine.Contradictions;
import dyno.engine.Contradictions.Contradiction;
import dyno.engine.Dataset;
import dyno.engine.DatasetFile;
import dyno.engine.DatasetUse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetContradictionsTest {

    private static final long MIB = 1 << 20;

    private final MarcEngine engine = new MarcEngine();

    @Test
    void saysWhichDatasetAWorkloadNames() {
        assertThat(engine.dataset(Binding.bind(Map.of("input", Map.of("dataset", "d")))))
                .hasValue(new DatasetUse("input.dataset", "d"));
        assertThat(engine.dataset(Binding.bind(Map.of()))).isEmpty();
        assertThat(EngineCatalog.standard().datasetKinds()).containsKey("marc");
    }

    @Test
    void findsNothingWrongWithASoundDataset() {
        assertThat(contradictions(Map.of(), dataset(5, MIB, MIB))).isEmpty();
        assertThat(contradictions(Map.of("strategy", "SPLIT_FILE", "files", 1L), dataset(5, MIB, MIB)))
                .isEmpty();
        assertThat(contradictions(Map.of("strategy", "PIPELINE", "operation", "JSON"), dataset(5, MIB)))
                .isEmpty();
    }

    @Test
    void refusesADatasetWithoutARecord() {
        assertThat(contradictions(Map.of(), dataset(0, 0)))
                .containsExactly(new Contradiction("input.dataset", "dataset d holds no record: name another one."));
    }

    @Test
    void refusesSeveralFilesWhereOneIsRead() {
        assertThat(contradictions(Map.of("strategy", "SPLIT_FILE"), dataset(5, MIB, MIB)))
                .containsExactly(
                        new Contradiction(
                                "files",
                                "strategy SPLIT_FILE reads one file, but dataset d has 2: use files 1 or strategy PARALLEL_FILES."));
    }

    @Test
    void refusesAFileThatDoesNotFitIntoAnArray() {
        var dataset = dataset(5, MIB, 3_000_000_000L);

        assertThat(beyondLimits(Map.of(), dataset))
                .singleElement()
                .satisfies(found -> assertThat(found.message()).contains("2147000000", "f1", "3000000000"));
        assertThat(contradictions(Map.of(), dataset)).isEmpty();
        assertThat(beyondLimits(Map.of("files", 1L), dataset)).isEmpty();
        assertThat(beyondLimits(Map.of("source", "FILE"), dataset)).isEmpty();
    }

    @Test
    void estimatesFromTheFilesThatAreRead() {
        var dataset = dataset(5, 100 * MIB, 10 * MIB);

        long all = heap(Map.of(), dataset);
        assertThat(all - heap(Map.of("files", 1L), dataset)).isEqualTo(10 * MIB);
        assertThat(heap(Map.of("files", 3L), dataset) - all).isEqualTo(100 * MIB);
        assertThat(all - heap(Map.of("source", "FILE"), dataset)).isEqualTo(110 * MIB);
    }

    private long heap(Map<String, Object> more, Dataset dataset) {
        return engine.estimate(Binding.bind(tree(more)), Binding.MACHINE, dataset)
                .heapBytes();
    }

    private List<Contradiction> contradictions(Map<String, Object> more, Dataset dataset) {
        return checked(more, dataset).found();
    }

    private List<Contradiction> beyondLimits(Map<String, Object> more, Dataset dataset) {
        return checked(more, dataset).beyondLimits();
    }

    private Contradictions checked(Map<String, Object> more, Dataset dataset) {
        var found = new Contradictions();
        Binding.given(tree(more), (workload, given) -> engine.contradictions(workload, given, dataset, found));
        return found;
    }

    private static Map<String, Object> tree(Map<String, Object> more) {
        var tree = new LinkedHashMap<String, Object>(more);
        tree.put("input", Map.of("dataset", "d"));
        return tree;
    }

    private static Dataset dataset(long records, long... bytes) {
        var files = new ArrayList<DatasetFile>();
        for (int i = 0; i < bytes.length; i++) {
            files.add(new DatasetFile("f" + i, Path.of("f" + i), bytes[i], "", Map.of()));
        }
        return new Dataset("d", "marc", "", files, Map.of("records", records));
    }
}
