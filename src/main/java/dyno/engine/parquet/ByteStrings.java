package dyno.engine.parquet;

/// Byte strings one behind the other: string `i` is `bytes[starts[i] …]`, `lengths[i]` of them.
///
/// Arrays may be longer than what is used, and belong to the reader: valid until its next batch (a dictionary until
/// its row group is closed). Equal to itself alone.
public final class ByteStrings {

    private final byte[] bytes;
    private final int[] starts;
    private final int[] lengths;
    private final int size;

    /// @param size how many strings
    public ByteStrings(byte[] bytes, int[] starts, int[] lengths, int size) {
        this.bytes = bytes;
        this.starts = starts;
        this.lengths = lengths;
        this.size = size;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int[] starts() {
        return starts;
    }

    /// -1 for a row that lacks a value.
    public int[] lengths() {
        return lengths;
    }

    /// How many strings there are.
    public int size() {
        return size;
    }

    /// A copy of string `index`.
    public byte[] copy(int index) {
        byte[] copy = new byte[lengths[index]];
        System.arraycopy(bytes, starts[index], copy, 0, copy.length);
        return copy;
    }
}
