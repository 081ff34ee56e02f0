package dyno.engine.aggregation;

import java.util.Arrays;

/// Keys of four ints, numbered from 0 in the order in which they came. Used by one thread at a time.
///
/// Hourly input repeats the same keys in nearly the same order hour by hour. So each entry remembers which one came
/// after it the last time, and a lookup looks there first: no hash, and memory in order (benchmark:
/// `GroupTableBenchmark`).
final class KeyTable {

    static final int INTS = 4;
    private static final int FIRST_ENTRIES = 64;
    private static final long MIX_1 = 0x9E3779B97F4A7C15L;
    private static final long MIX_2 = 0xBF58476D1CE4E5B9L;

    private int[] slots = new int[4 * FIRST_ENTRIES];
    private int[] keys = new int[INTS * FIRST_ENTRIES];
    private int[] successors = new int[FIRST_ENTRIES];
    private int size;
    private int last;

    int size() {
        return size;
    }

    /// Entries that fit until the arrays grow; whoever keeps arrays beside this one asks after each [#locate].
    int capacity() {
        return successors.length;
    }

    int day(int entry) {
        return keys[INTS * entry];
    }

    int node(int entry) {
        return keys[INTS * entry + 1];
    }

    int namespace(int entry) {
        return keys[INTS * entry + 2];
    }

    int labels(int entry) {
        return keys[INTS * entry + 3];
    }

    void clear() {
        if (size > 0) {
            Arrays.fill(slots, 0);
        }
        size = 0;
        last = 0;
    }

    /// The key's number. A key that was not there gets the next one.
    int locate(int day, int node, int namespace, int labels) {
        last = locateAfter(last, day, node, namespace, labels);
        return last;
    }

    /// As [#locate], for a loop that remembers where it was by itself: a field that is written for every
    /// row makes all
    /// that lies in its cache line slow for other threads, and collectors may put another thread's table
    /// there.
    ///
    /// @param before what the lookup before gave, 0 for the first
    int locateAfter(int before, int day, int node, int namespace, int labels) {
        if (size > 0) {
            int guess = successors[before];
            int[] k = keys;
            int at = INTS * guess;
            if (k[at + 1] == node && k[at + 3] == labels && k[at] == day && k[at + 2] == namespace) {
                return guess;
            }
        }
        int entry = find(day, node, namespace, labels);
        successors[before] = entry;
        return entry;
    }

    private int find(int day, int node, int namespace, int labels) {
        int mask = slots.length - 1;
        int slot = hash(day, node, namespace, labels) & mask;
        while (true) {
            int entry = slots[slot] - 1;
            if (entry < 0) {
                return add(slot, day, node, namespace, labels);
            }
            int at = INTS * entry;
            if (keys[at + 3] == labels && keys[at + 1] == node && keys[at] == day && keys[at + 2] == namespace) {
                return entry;
            }
            slot = (slot + 1) & mask;
        }
    }

    private int add(int slot, int day, int node, int namespace, int labels) {
        int entry = size++;
        if (entry == successors.length) {
            grow();
        }
        int at = INTS * entry;
        keys[at] = day;
        keys[at + 1] = node;
        keys[at + 2] = namespace;
        keys[at + 3] = labels;
        // The first of a new day most likely follows the last: the entry after it is the best guess there is.
        successors[entry] = entry;
        if (size * 4 > slots.length) {
            rehash();
        } else {
            slots[slot] = entry + 1;
        }
        return entry;
    }

    private void grow() {
        successors = Arrays.copyOf(successors, 2 * successors.length);
        keys = Arrays.copyOf(keys, INTS * successors.length);
    }

    private void rehash() {
        int[] larger = new int[2 * slots.length];
        int mask = larger.length - 1;
        for (int entry = 0; entry < size; entry++) {
            int slot = hash(day(entry), node(entry), namespace(entry), labels(entry)) & mask;
            while (larger[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            larger[slot] = entry + 1;
        }
        slots = larger;
    }

    private static int hash(int day, int node, int namespace, int labels) {
        long a = ((long) node << 32 | (labels & 0xFFFF_FFFFL)) * MIX_1;
        long b = ((long) day << 32 | (namespace & 0xFFFF_FFFFL)) * MIX_2;
        return TextHash.folded(a ^ Long.rotateLeft(b, 31));
    }

    /// Which of `parts` shares a day and node belong to: any two tables agree.
    static int part(int day, int node, int parts) {
        return Integer.remainderUnsigned(hash(day, node, 0, 0), parts);
    }
}
