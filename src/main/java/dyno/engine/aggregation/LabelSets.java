package dyno.engine.aggregation;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The distinct label sets of a run, numbered. The empty set is number 0.
///
/// Safe for any number of threads, each with a [Merger] of its own; [#clear] excepted.
final class LabelSets {

    static final int EMPTY = 0;

    private static final int SEGMENT_BITS = 10;
    private static final int SEGMENT = 1 << SEGMENT_BITS;

    private final EnabledKeys enabled;
    private final TextMap map = new TextMap(Long.MAX_VALUE);
    /// By number, `SEGMENT` at a time; those from [#size] on are from before the last clearing. A set is written by
    /// the thread that adds it alone, and read by those who were given its number by that thread or by the map.
    private volatile @Nullable LabelSet[][] segments = new @Nullable LabelSet[0][];

    private final AtomicInteger size = new AtomicInteger();

    LabelSets(EnabledKeys enabled) {
        this.enabled = enabled;
        addEmpty();
    }

    private void addEmpty() {
        new Merger().merge(new int[0], 0);
    }

    /// Forgets all sets but the empty one, and keeps the memory. Nobody may use sets or mergers from before.
    void clear() {
        size.set(0);
        map.clear();
        addEmpty();
    }

    EnabledKeys enabled() {
        return enabled;
    }

    LabelSet set(int number) {
        return Objects.requireNonNull(segments[number >> SEGMENT_BITS][number & (SEGMENT - 1)]);
    }

    int size() {
        return size.get();
    }

    /// By number.
    LabelSet[] all() {
        var all = new LabelSet[size()];
        Arrays.setAll(all, this::set);
        return all;
    }

    private int add(byte[] block, int from, int length, int[] keys, int[] values, int count) {
        int number = size.getAndIncrement();
        var segment = segment(number >> SEGMENT_BITS);
        int index = number & (SEGMENT - 1);
        var set = segment[index];
        if (set == null) {
            set = new LabelSet();
            segment[index] = set;
        }
        set.set(block, from, length, keys, values, count);
        return number;
    }

    private @Nullable LabelSet[] segment(int index) {
        var known = segments;
        return index < known.length ? known[index] : newSegment(index);
    }

    private synchronized @Nullable LabelSet[] newSegment(int index) {
        var known = segments;
        if (index >= known.length) {
            int before = known.length;
            known = Arrays.copyOf(known, index + 1);
            for (int i = before; i <= index; i++) {
                known[i] = new @Nullable LabelSet[SEGMENT];
            }
            segments = known;
        }
        return known[index];
    }

    /// Makes sets: from values by key, or by laying sets over each other. Used by one thread at a time.
    final class Merger {

        private final byte[][] sources = new byte[enabled.size()][];
        private final int[] from = new int[enabled.size()];
        private final int[] lengths = new int[enabled.size()];
        /// Which merging a key's value is of: saves clearing all keys each time.
        private final int[] stamps = new int[enabled.size()];
        private final int[] touched = new int[enabled.size()];
        private int touchedKeys;
        private int stamp;
        private final ByteBuilder text = new ByteBuilder(512);
        private final TextMap.Cursor cursor = map.cursor();
        private int[] keys = new int[16];
        private int[] values = new int[32];

        void begin() {
            stamp++;
            touchedKeys = 0;
        }

        /// Sets the value of a key, over what it was.
        ///
        /// @param source holds the value as it stands in canonical text, until [#number] was called
        void put(int key, byte[] source, int start, int length) {
            if (stamps[key] != stamp) {
                stamps[key] = stamp;
                touched[touchedKeys++] = key;
            }
            sources[key] = source;
            from[key] = start;
            lengths[key] = length;
        }

        void putAll(LabelSet set) {
            for (int i = 0; i < set.size(); i++) {
                put(set.key(i), set.block(), set.valueFrom(i), set.valueLength(i));
            }
        }

        /// The number of the set of what was put since [#begin].
        int number() {
            sortTouched();
            int count = touchedKeys;
            if (keys.length < count) {
                keys = new int[2 * count];
                values = new int[4 * count];
            }
            text.truncate(0).add('{');
            for (int i = 0; i < count; i++) {
                int key = touched[i];
                if (i > 0) {
                    text.add(',');
                }
                text.add(enabled.quoted(key));
                keys[i] = key;
                values[2 * i] = text.length();
                text.add(sources[key], from[key], lengths[key]);
                values[2 * i + 1] = text.length();
            }
            text.add('}');
            return cursor.find(text.array(), 0, text.length(), this::make);
        }

        /// The number of the first `count` sets laid over each other, the last on top.
        int merge(int[] numbers, int count) {
            begin();
            for (int i = 0; i < count; i++) {
                if (numbers[i] != EMPTY) {
                    putAll(set(numbers[i]));
                }
            }
            return number();
        }

        private int make(byte[] block, int start, int length) {
            return add(block, start, length, keys, values, touchedKeys);
        }

        /// Insertion sort: a pod has a handful of enabled labels, mostly in order.
        private void sortTouched() {
            for (int i = 1; i < touchedKeys; i++) {
                int key = touched[i];
                int j = i - 1;
                for (; j >= 0 && touched[j] > key; j--) {
                    touched[j + 1] = touched[j];
                }
                touched[j + 1] = key;
            }
        }
    }
}
