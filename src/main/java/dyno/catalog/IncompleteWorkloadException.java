package dyno.catalog;

import java.util.List;

/// Thrown where required fields are missing after job, variant and matrix were merged.
public final class IncompleteWorkloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> paths;

    /// @param paths dotted paths of the missing fields
    public IncompleteWorkloadException(List<String> paths) {
        super("Required fields are missing: " + String.join(", ", paths));
        this.paths = List.copyOf(paths);
    }

    public List<String> paths() {
        return paths;
    }
}
