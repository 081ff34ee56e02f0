package dyno.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A dataset as the API shows it.
///
/// @param bytes  of all files, as they are kept
/// @param sha256 bare hex; of one file its own, of several that of the lines that `sha256sum` prints for them
/// @param files  in bytewise order of their names
/// @param facts  what its kind knows of it; absent in lists
record DatasetView(
        String name,
        String kind,
        long bytes,
        String sha256,
        List<FileView> files,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> facts,
        Instant createdAt) {

    /// @param bytes  as it is kept: unpacked, converted
    /// @param sha256 bare hex, of what is kept
    /// @param facts  of this file alone; absent in lists
    record FileView(
            String name,
            long bytes,
            String sha256,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, Object> facts) {}

    static DatasetView whole(StoredDataset dataset) {
        return of(
                dataset,
                dataset.files().stream()
                        .map(file -> new FileView(file.name(), file.bytes(), file.sha256(), file.facts()))
                        .toList(),
                dataset.facts());
    }

    static DatasetView inList(StoredDataset dataset) {
        return of(
                dataset,
                dataset.files().stream()
                        .map(file -> new FileView(file.name(), file.bytes(), file.sha256(), null))
                        .toList(),
                null);
    }

    private static DatasetView of(StoredDataset dataset, List<FileView> files, @Nullable Map<String, Object> facts) {
        return new DatasetView(
                dataset.name(), dataset.kind(), dataset.bytes(), dataset.sha256(), files, facts, dataset.createdAt());
    }
}
