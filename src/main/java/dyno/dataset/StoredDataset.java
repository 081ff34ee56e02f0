package dyno.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A dataset as it stands in the tables.
///
/// @param folder that holds its files and nothing else; another one after each change
/// @param node   whose data folder that is in; null where nobody wrote it down
/// @param sha256 see [ContentDigest]
/// @param files  in bytewise order of their names
/// @param facts  of the whole
record StoredDataset(
        UUID id,
        String name,
        String kind,
        UUID folder,
        @Nullable String node,
        String sha256,
        List<StoredFile> files,
        Map<String, Object> facts,
        Instant createdAt) {

    /// @param sha256 bare hex, of what is kept
    /// @param facts  of this file alone
    record StoredFile(String name, long bytes, String sha256, Map<String, Object> facts) {}

    boolean hasFile(String file) {
        return files.stream().anyMatch(stored -> stored.name().equals(file));
    }

    long bytes() {
        return files.stream().mapToLong(StoredFile::bytes).sum();
    }
}
