package dyno.engine.grouping;

import java.nio.charset.StandardCharsets;

/// One table of a flatbuffer, read where it is. Every access is checked against the range that it may touch.
///
/// @see <a href="https://flatbuffers.dev/internals/">FlatBuffers, internals</a>
final class FlatTable {

    private final byte[] bytes;
    private final int begin;
    private final int end;
    /// The record's begin, which errors count from.
    private final int record;

    private final int table;
    private final int vtable;
    private final int vtableBytes;

    private FlatTable(byte[] bytes, int begin, int end, int record, int table) {
        this.bytes = bytes;
        this.begin = begin;
        this.end = end;
        this.record = record;
        this.table = table;
        this.vtable = checked(table, -Bytes.intAt(bytes, table), begin, end, record);
        this.vtableBytes = shortAt(vtable) & 0xffff;
        require(vtable, vtableBytes);
    }

    /// The root of the flatbuffer that fills `bytes[begin … end - 1]`.
    static FlatTable root(byte[] bytes, int begin, int end, int record) {
        if (end - begin < Integer.BYTES) {
            throw new InvalidRecordException(begin - record, "Metadata of %d bytes".formatted(end - begin));
        }
        return new FlatTable(bytes, begin, end, record, checked(begin, Bytes.intAt(bytes, begin), begin, end, record));
    }

    int int8(int field, int absent) {
        int at = at(field, Byte.BYTES);
        return at == 0 ? absent : bytes[at];
    }

    int int16(int field, int absent) {
        int at = at(field, Short.BYTES);
        return at == 0 ? absent : shortAt(at);
    }

    int int32(int field, int absent) {
        int at = at(field, Integer.BYTES);
        return at == 0 ? absent : Bytes.intAt(bytes, at);
    }

    long int64(int field, long absent) {
        int at = at(field, Long.BYTES);
        return at == 0 ? absent : Bytes.longAt(bytes, at);
    }

    boolean has(int field) {
        return at(field, 1) != 0;
    }

    /// @throws InvalidRecordException where there is none
    FlatTable table(int field) {
        return tableAt(requireReference(field));
    }

    String text(int field) {
        if (!has(field)) {
            return "";
        }
        int at = requireReference(field);
        int length = length(at, 1);
        return new String(bytes, at + Integer.BYTES, length, StandardCharsets.UTF_8);
    }

    /// Elements of a vector; 0 where there is none.
    int count(int field, int elementBytes) {
        return has(field) ? length(requireReference(field), elementBytes) : 0;
    }

    /// Index in the bytes of a vector's first element.
    int elements(int field) {
        return requireReference(field) + Integer.BYTES;
    }

    /// An element of a vector of tables, whose [#count] was asked for.
    FlatTable element(int field, int index) {
        int at = elements(field) + Integer.BYTES * index;
        require(at, Integer.BYTES);
        return tableAt(checked(at, Bytes.intAt(bytes, at), begin, end, record));
    }

    private FlatTable tableAt(int at) {
        return new FlatTable(bytes, begin, end, record, at);
    }

    private int requireReference(int field) {
        int at = at(field, Integer.BYTES);
        if (at == 0) {
            throw new InvalidRecordException(table - record, "Metadata lacks field %d".formatted(field));
        }
        return checked(at, Bytes.intAt(bytes, at), begin, end, record);
    }

    private int length(int at, int elementBytes) {
        require(at, Integer.BYTES);
        int length = Bytes.intAt(bytes, at);
        if (length < 0 || (long) length * elementBytes > end - at - Integer.BYTES) {
            throw new InvalidRecordException(at - record, "Metadata has a vector of %d elements".formatted(length));
        }
        return length;
    }

    /// Index of a field's bytes, 0 where it is absent: no table begins at 0, as the metadata has a prefix.
    private int at(int field, int width) {
        int entry = 2 * Short.BYTES + Short.BYTES * field;
        if (entry + Short.BYTES > vtableBytes) {
            return 0;
        }
        int offset = shortAt(vtable + entry) & 0xffff;
        if (offset == 0) {
            return 0;
        }
        require(table + offset, width);
        return table + offset;
    }

    private int shortAt(int at) {
        return (short) ((bytes[at] & 0xff) | (bytes[at + 1] << 8));
    }

    private void require(int at, int width) {
        if (at < begin || width > end - at) {
            throw new InvalidRecordException(
                    table - record, "Metadata points beyond itself, to byte %d".formatted(at - record));
        }
    }

    private static int checked(int at, int offset, int begin, int end, int record) {
        long to = (long) at + offset;
        if (to < begin || to > end - Integer.BYTES) {
            throw new InvalidRecordException(at - record, "Metadata points beyond itself, by %d".formatted(offset));
        }
        return (int) to;
    }
}
