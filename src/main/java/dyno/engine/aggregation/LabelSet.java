package dyno.engine.aggregation;

/// Labels of enabled keys, and their canonical text: `{"app":"web","tier":"db"}`. Immutable.
///
/// Values are kept as slices of the text, quotes and escapes included, so that merging copies bytes and never looks
/// at them.
final class LabelSet {

    private final byte[] canonical;
    /// Places of the keys among the enabled ones, rising.
    private final int[] keys;
    /// Start and end of each value within the text.
    private final int[] values;

    LabelSet(byte[] canonical, int[] keys, int[] values) {
        this.canonical = canonical;
        this.keys = keys;
        this.values = values;
    }

    byte[] canonical() {
        return canonical;
    }

    int size() {
        return keys.length;
    }

    int key(int index) {
        return keys[index];
    }

    int valueFrom(int index) {
        return values[2 * index];
    }

    int valueLength(int index) {
        return values[2 * index + 1] - values[2 * index];
    }
}
