package dyno.engine.marc;

import java.util.Arrays;

/// Defects of the record at hand, in the order in which they were found. Used by one thread at a time.
final class Findings {

    private Defect[] codes = new Defect[16];
    private long[] offsets = new long[16];
    private int[] tags = new int[16];
    private int size;

    void clear() {
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /// @param offset bytes from the start of the file
    /// @param tag    the field's, 24 bits; 0 where it is not about a field
    void add(Defect code, long offset, int tag) {
        if (size == codes.length) {
            codes = Arrays.copyOf(codes, size * 2);
            offsets = Arrays.copyOf(offsets, size * 2);
            tags = Arrays.copyOf(tags, size * 2);
        }
        codes[size] = code;
        offsets[size] = offset;
        tags[size] = tag;
        size++;
    }

    Defect code(int index) {
        return codes[index];
    }

    long offset(int index) {
        return offsets[index];
    }

    int tag(int index) {
        return tags[index];
    }
}
