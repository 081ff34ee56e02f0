package dyno.engine.aggregation;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The distinct label sets of a run, numbered. The empty set is number 0.
///
/// Safe for any number of threads, each with a [Merger] of its own.
final class LabelSets {

    static final int EMPTY = 0;

    private final EnabledKeys enabled;
    private final TextMap map = new TextMap(Long.MAX_VALUE);
    /// Grown by copying. Who has a number got it after its set was stored here, but for those that read it in an array
    /// of another thread's: they may have to ask under the lock.
    private volatile @Nullable LabelSet[] sets = new @Nullable LabelSet[64];

    private int size;

    LabelSets(EnabledKeys enabled) {
        this.enabled = enabled;
        new Merger().merge(new int[0], 0);
    }

    EnabledKeys enabled() {
        return enabled;
    }

    LabelSet set(int number) {
        var known = sets;
        var set = number < known.length ? known[number] : null;
        return set != null ? set : setUnderLock(number);
    }

    private synchronized LabelSet setUnderLock(int number) {
        return Objects.requireNonNull(sets[number]);
    }

    synchronized int size() {
        return size;
    }

    /// A snapshot by number.
    synchronized LabelSet[] all() {
        var all = new LabelSet[size];
        for (int i = 0; i < size; i++) {
            all[i] = Objects.requireNonNull(sets[i]);
        }
        return all;
    }

    private synchronized int add(LabelSet set) {
        var known = sets;
        if (size == known.length) {
            known = Arrays.copyOf(known, 2 * size);
        }
        known[size] = set;
        sets = known;
        return size++;
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
            var canonical = set.canonical();
            for (int i = 0; i < set.size(); i++) {
                put(set.key(i), canonical, set.valueFrom(i), set.valueLength(i));
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
            return map.valueOf(text.array(), 0, text.length(), this::make);
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

        private int make(byte[] canonical) {
            return add(
                    new LabelSet(canonical, Arrays.copyOf(keys, touchedKeys), Arrays.copyOf(values, 2 * touchedKeys)));
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
