package dyno.engine;

/// The fields of one case as they stand after variant and matrix were merged, before they are bound to a
/// [Workload]: what the client gave, and the fixed default where it gave nothing.
///
/// Paths are dotted: `chunkBytes`, `input.generate.scale`. Immutable.
public interface Given {

    /// Whether the client gave the field, be it in the job's workload, a variant or the matrix.
    boolean has(String path);

    /// The number that was given or is the fixed default.
    ///
    /// @throws IllegalArgumentException where the field is no integer or has neither
    long integer(String path);

    /// The number that was given or is the fixed default.
    ///
    /// @throws IllegalArgumentException where the field is no number or has neither
    double number(String path);

    /// The string or enum constant's name that was given or is the fixed default.
    ///
    /// @throws IllegalArgumentException where the field is no text or has neither
    String text(String path);
}
