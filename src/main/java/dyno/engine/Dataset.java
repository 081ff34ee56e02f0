package dyno.engine;

import java.util.List;
import java.util.Map;

/// A stored dataset, as an engine sees it when a job names it.
///
/// @param name   as the client calls it
/// @param kind   id of its [DatasetKind]
/// @param sha256 of its content, 64 lower-case hex digits
/// @param files  in bytewise order of their names; at least one
/// @param facts  as [DatasetKind#facts] found them; numbers may be any `Number`
public record Dataset(String name, String kind, String sha256, List<DatasetFile> files, Map<String, Object> facts) {

    /// Bytes of all files.
    public long bytes() {
        return files.stream().mapToLong(DatasetFile::bytes).sum();
    }
}
