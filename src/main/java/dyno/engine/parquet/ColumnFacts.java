package dyno.engine.parquet;

import org.jspecify.annotations.Nullable;

/// A column as a file's schema has it.
///
/// @param name      path with dots, a plain name for columns that are not nested
/// @param physical  how values are stored
/// @param logical   what they mean, in the format's words (`TIMESTAMP(NANOS,true)`, `STRING`); null where not said
/// @param timestamp unit of a timestamp; null for everything else
/// @param isNullable whether values may be missing
/// @param isFlat    whether it is neither nested nor repeated; only flat columns are read
public record ColumnFacts(
        String name,
        Physical physical,
        @Nullable String logical,
        @Nullable TimestampUnit timestamp,
        boolean isNullable,
        boolean isFlat) {

    /// Parquet's physical types.
    public enum Physical {
        BOOLEAN,
        INT32,
        INT64,
        INT96,
        FLOAT,
        DOUBLE,
        BYTE_ARRAY,
        FIXED_LEN_BYTE_ARRAY
    }

    /// Units of int64 timestamps.
    public enum TimestampUnit {
        MILLIS,
        MICROS,
        NANOS
    }

    /// As messages say it: `INT64 TIMESTAMP(NANOS,true)`.
    public String type() {
        return logical == null ? physical.name() : physical.name() + " " + logical;
    }
}
