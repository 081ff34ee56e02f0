package dyno.engine.aggregation;

import java.util.Arrays;

/// The labels that nodes, or namespaces, have by day: those of the latest hour, on a tie the bytewise greater
/// canonical text. Used by one thread at a time; those of several threads are merged.
final class DatedLabels {

    private final LabelSets sets;
    private final KeyTable keys = new KeyTable();
    private long[] starts = new long[64];
    private int[] latest = new int[64];
    private int[] first = new int[64];
    private boolean[] hasConflict = new boolean[64];
    private int ready;

    DatedLabels(LabelSets sets) {
        this.sets = sets;
    }

    /// @param object number of a node or namespace
    /// @param set    number of what the row's text was filtered to
    void add(int day, int object, long startMicros, int set) {
        int entry = keys.locate(day, object, 0, 0);
        if (entry == ready) {
            begin(entry, startMicros, set);
            return;
        }
        hasConflict[entry] |= set != first[entry];
        if (startMicros > starts[entry] || (startMicros == starts[entry] && isGreater(set, latest[entry]))) {
            starts[entry] = startMicros;
            latest[entry] = set;
        }
    }

    private void begin(int entry, long startMicros, int set) {
        if (entry == starts.length) {
            int capacity = keys.capacity();
            starts = Arrays.copyOf(starts, capacity);
            latest = Arrays.copyOf(latest, capacity);
            first = Arrays.copyOf(first, capacity);
            hasConflict = Arrays.copyOf(hasConflict, capacity);
        }
        starts[entry] = startMicros;
        latest[entry] = set;
        first[entry] = set;
        hasConflict[entry] = false;
        ready++;
    }

    private boolean isGreater(int set, int than) {
        return set != than && sets.set(set).isAfter(sets.set(than));
    }

    void merge(DatedLabels other) {
        for (int entry = 0; entry < other.keys.size(); entry++) {
            int day = other.keys.day(entry);
            int object = other.keys.node(entry);
            add(day, object, other.starts[entry], other.latest[entry]);
            if (other.hasConflict[entry]) {
                hasConflict[keys.locate(day, object, 0, 0)] = true;
            }
        }
    }

    /// Days and objects with more than one distinct set.
    long conflicts() {
        long count = 0;
        for (int entry = 0; entry < keys.size(); entry++) {
            count += hasConflict[entry] ? 1 : 0;
        }
        return count;
    }

    /// An unchanging view, for any number of threads.
    java.util.Map<Long, Integer> byDayAndObject() {
        var map = new java.util.HashMap<Long, Integer>(2 * keys.size());
        for (int entry = 0; entry < keys.size(); entry++) {
            map.put(key(keys.day(entry), keys.node(entry)), latest[entry]);
        }
        return map;
    }

    static long key(int day, int object) {
        return (long) day << 32 | (object & 0xFFFF_FFFFL);
    }
}
