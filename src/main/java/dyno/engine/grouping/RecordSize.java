package dyno.engine.grouping;

/// How long records are, known before they are written.
final class RecordSize {

    /// Schema, batch and end of the nested stream.
    private static final int FIXED_BYTES =
            RecordTemplates.NESTED_SCHEMA_BYTES + RecordTemplates.NESTED_BATCH_BYTES + RecordTemplates.END_BYTES;

    /// Bytes of a nested stream.
    ///
    /// @param rows            in it
    /// @param sourceBytes     of all its source addresses
    /// @param dstBytes        of all its destination addresses
    /// @param columnsWithNull 0 to 3 of its columns hold a null
    static long nested(long rows, long sourceBytes, long dstBytes, int columnsWithNull) {
        return FIXED_BYTES
                + 8 * rows
                + 2 * padded(4 * (rows + 1))
                + padded(sourceBytes)
                + padded(dstBytes)
                + padded(rows)
                + padded(4 * rows)
                + columnsWithNull * bitmap(rows);
    }

    /// Bytes of a whole record around a nested stream, whose length is a multiple of 8.
    static long record(long nestedBytes) {
        return RecordTemplates.OUTER_BYTES + padded(nestedBytes);
    }

    /// Bytes of a validity bitmap with its padding.
    static long bitmap(long rows) {
        return padded((rows + 7) >>> 3);
    }

    /// The next multiple of 8.
    static long padded(long bytes) {
        return (bytes + 7) & -8;
    }

    private RecordSize() {}
}
