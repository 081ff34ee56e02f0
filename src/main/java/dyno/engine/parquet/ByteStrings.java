package dyno.engine.parquet;

/// Byte strings one behind the other: string `i` is `bytes[starts[i] …]`, `lengths[i]` of them.
///
/// Arrays may be longer than what is used, and belong to the reader: valid until its next batch (a dictionary until
/// its row group is closed).
///
/// @param size how many strings
public record ByteStrings(byte[] bytes, int[] starts, int[] lengths, int size) {

    /// A copy of string `index`.
    public byte[] copy(int index) {
        byte[] copy = new byte[lengths[index]];
        System.arraycopy(bytes, starts[index], copy, 0, copy.length);
        return copy;
    }
}
