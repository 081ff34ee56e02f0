package dyno.engine.aggregation;

/// How result rows reach PostgreSQL.
public enum LoadMethod {
    /// Not at all: the result is complete in memory.
    NONE,
    COPY_BINARY,
    COPY_TEXT,
    /// Statements of 1,000 rows.
    INSERT_BATCH
}
