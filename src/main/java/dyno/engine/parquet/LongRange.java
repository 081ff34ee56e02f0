package dyno.engine.parquet;

/// Least and greatest value of an integer column, both inclusive, in the column's own unit.
public record LongRange(long min, long max) {}
