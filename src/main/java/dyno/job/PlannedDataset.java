package dyno.job;

import dyno.engine.Dataset;
import org.jspecify.annotations.Nullable;

/// The dataset that a planned case reads.
///
/// @param sha256 of its content, bare hex: what the case was planned for
record PlannedDataset(String name, String sha256) {

    static @Nullable PlannedDataset of(@Nullable Dataset dataset) {
        return dataset == null ? null : new PlannedDataset(dataset.name(), dataset.sha256());
    }
}
