package dyno.engine.marc;

import org.jspecify.annotations.Nullable;

/// Where a record lies, and what the bytes around it are. Filled anew by each call of [Framer#next].
final class Frame {

    byte[] data = new byte[0];

    /// Offset in the file of the first byte of [#data].
    long base;

    /// First byte of the record in [#data].
    int start;

    /// Past the last byte of the record.
    int end;

    /// The record terminator, or where it should be; equals [#end] where the file ends without one.
    int dataEnd;

    /// What is wrong with the record's extent; null where nothing is.
    @Nullable
    Defect defect;

    /// Offset of `defect` in the file.
    long defectOffset;

    /// Whether the bytes are no record; only `defect`, its offset and `found` are set then.
    boolean isLost;

    /// At most 16 bytes in hex from `defectOffset` on, where the record is lost.
    String found = "";

    /// Offset in the file of the padding before the record; -1 where there is none.
    long paddingOffset;

    /// At most 16 bytes of it, in hex.
    String paddingFound = "";

    void set(Window window, int from, int to, int lastByte) {
        data = window.data;
        base = window.base;
        start = from;
        end = to;
        dataEnd = lastByte;
        defect = null;
        isLost = false;
    }

    void set(Window window, int from, int to, int lastByte, Defect what, long offset) {
        set(window, from, to, lastByte);
        defect = what;
        defectOffset = offset;
    }

    void lose(Defect what, long offset, String hex) {
        defect = what;
        defectOffset = offset;
        isLost = true;
        found = hex;
    }
}
