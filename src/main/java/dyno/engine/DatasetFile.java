package dyno.engine;

import java.nio.file.Path;
import java.util.Map;

/// One file of a stored dataset.
///
/// @param name   within its dataset: letters, digits, `.`, `_`, `-`
/// @param path   where it lies; never changes, and stays as long as a job that reads it
/// @param bytes  its size
/// @param sha256 of its bytes, 64 lower-case hex digits
/// @param facts  as [DatasetKind#take] found them
public record DatasetFile(String name, Path path, long bytes, String sha256, Map<String, Object> facts) {}
