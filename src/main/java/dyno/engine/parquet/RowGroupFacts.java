package dyno.engine.parquet;

import java.util.List;

/// A row group as a file's footer has it.
///
/// @param index    0-based
/// @param firstRow of its rows, 0-based in the file
/// @param rows     how many
/// @param bytes    of all its columns, compressed
/// @param codecs   of its columns, distinct, in the order of the columns
public record RowGroupFacts(int index, long firstRow, long rows, long bytes, List<String> codecs) {}
