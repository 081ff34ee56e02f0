package dyno.engine.arrayrecord;

import java.util.List;

/// Whether each byte of a file is what the format says, and what is not.
///
/// @param bytes   length of the file
/// @param defects what is wrong, in the file's order; empty for a valid file
public record Inspection(long bytes, List<Defect> defects) {

    /// More would only repeat themselves.
    static final int MOST_DEFECTS = 1_000;

    /// One thing that is wrong.
    ///
    /// @param offset  of the block or chunk
    /// @param message a sentence that ends with the offset
    public record Defect(long offset, String message) {}

    public Inspection {
        defects = List.copyOf(defects);
    }

    public boolean isValid() {
        return defects.isEmpty();
    }
}
