package dyno.engine.marc;

import dyno.engine.Contradictions;
import dyno.engine.Dataset;
import dyno.engine.marc.MarcWorkload.Source;
import dyno.engine.marc.MarcWorkload.Strategy;
import java.util.Objects;

/// What a workload cannot do with the dataset that it names.
final class DatasetContradictions {

    private final MarcWorkload workload;
    private final Dataset dataset;
    private final Contradictions found;

    DatasetContradictions(MarcWorkload workload, Dataset dataset, Contradictions found) {
        this.workload = workload;
        this.dataset = dataset;
        this.found = found;
    }

    void find() {
        if (dataset.facts().get("records") instanceof Number records && records.longValue() == 0) {
            found.add("input.dataset", "dataset %s holds no record: name another one.".formatted(dataset.name()));
        }
        var strategy = workload.strategy();
        int files = dataset.files().size();
        boolean readsOne = strategy == Strategy.SPLIT_FILE || strategy == Strategy.PIPELINE;
        if (readsOne && workload.files() == null && files > 1) {
            found.add(
                    "files",
                    "strategy %s reads one file, but dataset %s has %d: use files 1 or strategy PARALLEL_FILES."
                            .formatted(strategy, dataset.name(), files));
        }
        if (workload.source() == Source.MEMORY) {
            findTooLarge(Math.min(files, Objects.requireNonNullElse(workload.files(), files)));
        }
    }

    private void findTooLarge(int filesRead) {
        for (var file : dataset.files().subList(0, filesRead)) {
            if (file.bytes() > GeneratedInput.LARGEST_IN_MEMORY) {
                found.beyondLimit(
                        "source",
                        "source MEMORY takes a file of at most %d bytes, but %s of dataset %s has %d: use source FILE."
                                .formatted(
                                        GeneratedInput.LARGEST_IN_MEMORY, file.name(), dataset.name(), file.bytes()));
            }
        }
    }
}
