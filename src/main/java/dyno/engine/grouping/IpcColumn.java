package dyno.engine.grouping;

/// A column that a stream must have.
record IpcColumn(String name, Type type) {

    /// The types that probe records have, as Arrow's schema describes them.
    enum Type {
        INT64(2, 8),
        INT32(2, 4),
        INT8(2, 1),
        FLOAT32(3, 4),
        FLOAT64(3, 8),
        BINARY(4, 0),
        UTF8(5, 0),
        /// In microseconds, without a zone.
        TIMESTAMP(10, 8);

        private static final int SINGLE_PRECISION = 1;
        private static final int DOUBLE_PRECISION = 2;
        private static final int MICROSECOND = 2;

        private final int code;
        private final int width;

        Type(int code, int width) {
            this.code = code;
            this.width = width;
        }

        boolean isVariable() {
            return width == 0;
        }

        /// Bytes of a value; 0 where lengths differ.
        int width() {
            return width;
        }

        /// Buffers of a column: validity, offsets where lengths differ, values.
        int buffers() {
            return isVariable() ? 3 : 2;
        }

        /// Whether a field of a schema has this type.
        boolean is(FlatTable field) {
            if (field.int8(2, 0) != code) {
                return false;
            }
            var type = field.table(3);
            return switch (this) {
                case INT64, INT32, INT8 -> type.int32(0, 0) == 8 * width && type.int8(1, 0) != 0;
                case FLOAT32 -> type.int16(0, 0) == SINGLE_PRECISION;
                case FLOAT64 -> type.int16(0, 0) == DOUBLE_PRECISION;
                case BINARY, UTF8 -> true;
                case TIMESTAMP -> type.int16(0, 0) == MICROSECOND && !type.has(1);
            };
        }
    }
}
