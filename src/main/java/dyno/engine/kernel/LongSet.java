package dyno.engine.kernel;

import java.util.Arrays;

/// Distinct longs, at most as many as said beforehand, in 12 to 24 bytes each. Used by one thread at a time.
public final class LongSet {

    private final long[] slots;
    private final int mask;
    private final int capacity;
    private boolean hasZero;
    private int size;

    /// @param capacity most values it will hold, 1 … 2^28
    public LongSet(int capacity) {
        if (capacity < 1 || capacity > 1 << 28) {
            throw new IllegalArgumentException("capacity is %d, not 1 to 2^28".formatted(capacity));
        }
        this.capacity = capacity;
        this.slots = new long[Integer.highestOneBit(capacity + capacity / 2) << 1];
        this.mask = slots.length - 1;
    }

    /// @return whether `value` was not there yet
    /// @throws IllegalStateException where the set is full
    public boolean add(long value) {
        if (value == 0) {
            // Zero marks an empty slot, so it has a place of its own.
            boolean added = !hasZero;
            hasZero = true;
            return count(added);
        }
        int slot = (int) SplitMix64.mix(value) & mask;
        while (slots[slot] != 0) {
            if (slots[slot] == value) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = value;
        return count(true);
    }

    public int size() {
        return size;
    }

    public void clear() {
        Arrays.fill(slots, 0);
        hasZero = false;
        size = 0;
    }

    private boolean count(boolean added) {
        if (added && ++size > capacity) {
            throw new IllegalStateException("The set was made for %d values".formatted(capacity));
        }
        return added;
    }
}
