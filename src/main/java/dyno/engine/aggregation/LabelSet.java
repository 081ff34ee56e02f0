package dyno.engine.aggregation;

import java.util.Arrays;

/// Labels of enabled keys, and their canonical text: `{"app":"web","tier":"db"}`. Does not change until its
/// [LabelSets] are cleared, which use it again then.
///
/// Values are kept as slices of the text, quotes and escapes included, so that merging copies bytes and never looks
/// at them.
final class LabelSet {

    private byte[] block = {};
    private int from;
    private int length;
    private int size;
    /// Places of the keys among the enabled ones, rising.
    private int[] keys = {};
    /// Start and end of each value within the text.
    private int[] values = {};

    /// @param newKeys   the first `count`
    /// @param newValues the first `2 · count`
    void set(byte[] textBlock, int textFrom, int textLength, int[] newKeys, int[] newValues, int count) {
        block = textBlock;
        from = textFrom;
        length = textLength;
        size = count;
        if (keys.length < count) {
            keys = new int[count];
            values = new int[2 * count];
        }
        System.arraycopy(newKeys, 0, keys, 0, count);
        System.arraycopy(newValues, 0, values, 0, 2 * count);
    }

    /// Holds the canonical text, [#length] bytes at [#from].
    byte[] block() {
        return block;
    }

    int from() {
        return from;
    }

    int length() {
        return length;
    }

    /// A copy of the text.
    byte[] canonical() {
        return Arrays.copyOfRange(block, from, from + length);
    }

    /// Whether the text comes after another one's, byte by byte.
    boolean isAfter(LabelSet other) {
        return Arrays.compareUnsigned(block, from, from + length, other.block, other.from, other.from + other.length)
                > 0;
    }

    int size() {
        return size;
    }

    int key(int index) {
        return keys[index];
    }

    /// Within [#block].
    int valueFrom(int index) {
        return from + values[2 * index];
    }

    int valueLength(int index) {
        return values[2 * index + 1] - values[2 * index];
    }
}
