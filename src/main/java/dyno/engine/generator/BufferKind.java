package dyno.engine.generator;

/// Where a chunk lies.
public enum BufferKind {
    /// A `byte[]`.
    HEAP,
    /// Memory outside the heap, aligned to 4096 bytes.
    NATIVE
}
