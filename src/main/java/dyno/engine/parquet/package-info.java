/// Columns in, columns out: Parquet files as arrays of primitives. The only place that touches the Parquet library.
///
/// Reading goes page by page with positional reads, so that memory is bounded by pages and not by row groups, and
/// decodes into primitives without an object per value. Only flat columns are read; other columns may be there.
@NullMarked
package dyno.engine.parquet;

import org.jspecify.annotations.NullMarked;
