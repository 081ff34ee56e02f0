package dyno.engine.etl;

/// What the pipeline has to know of records that are objects. Stateless.
interface RecordKind<R> {

    long id(R record);

    /// Length of the canonical line.
    int inputBytes(R record);

    /// Appends the canonical line, without line feed.
    void appendInput(R record, LineBuffer to);
}
