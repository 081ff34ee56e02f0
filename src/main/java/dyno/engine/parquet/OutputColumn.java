package dyno.engine.parquet;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/// A column of a file that is written.
///
/// @param isNullable whether rows may lack a value
public record OutputColumn(String name, Kind kind, boolean isNullable) {

    /// What its values are.
    public enum Kind {
        INT32,
        INT64,
        DOUBLE,
        BOOLEAN,
        STRING,
        /// Milliseconds since 1970, UTC.
        TIMESTAMP_MILLIS,
        /// Microseconds since 1970, UTC.
        TIMESTAMP_MICROS,
        /// Nanoseconds since 1970, UTC.
        TIMESTAMP_NANOS
    }

    /// A column that has a value in every row.
    public static OutputColumn required(String name, Kind kind) {
        return new OutputColumn(name, kind, false);
    }

    public static OutputColumn nullable(String name, Kind kind) {
        return new OutputColumn(name, kind, true);
    }

    PrimitiveType type() {
        return switch (kind) {
            case INT32 -> plain(PrimitiveTypeName.INT32);
            case INT64 -> plain(PrimitiveTypeName.INT64);
            case DOUBLE -> plain(PrimitiveTypeName.DOUBLE);
            case BOOLEAN -> plain(PrimitiveTypeName.BOOLEAN);
            case STRING ->
                Types.primitive(PrimitiveTypeName.BINARY, repetition())
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name);
            case TIMESTAMP_MILLIS -> timestamp(TimeUnit.MILLIS);
            case TIMESTAMP_MICROS -> timestamp(TimeUnit.MICROS);
            case TIMESTAMP_NANOS -> timestamp(TimeUnit.NANOS);
        };
    }

    private PrimitiveType plain(PrimitiveTypeName type) {
        return Types.primitive(type, repetition()).named(name);
    }

    private PrimitiveType timestamp(TimeUnit unit) {
        return Types.primitive(PrimitiveTypeName.INT64, repetition())
                .as(LogicalTypeAnnotation.timestampType(true, unit))
                .named(name);
    }

    private Repetition repetition() {
        return isNullable ? Repetition.OPTIONAL : Repetition.REQUIRED;
    }
}
