package dyno.engine.grouping;

import java.util.Arrays;

/// Chains of rows by group, open addressing over longs. Used by one thread at a time.
final class ChainMap {

    private long[] groups;
    private long[] chains;
    private int size;

    ChainMap(int expected) {
        int slots = Integer.highestOneBit(Math.max(16, expected)) * 4;
        this.groups = new long[slots];
        this.chains = new long[slots];
    }

    /// Adds a row to its group's chain.
    void add(long group, long row) {
        // 0 marks a free slot.
        long key = group == 0 ? 1 : group;
        int mask = groups.length - 1;
        int slot = (int) (key >>> 7) & mask;
        while (groups[slot] != 0 && groups[slot] != key) {
            slot = (slot + 1) & mask;
        }
        if (groups[slot] == 0) {
            groups[slot] = key;
            if (++size * 4L > groups.length * 3L) {
                chains[slot] = RowHash.chain(chains[slot], row);
                grow();
                return;
            }
        }
        chains[slot] = RowHash.chain(chains[slot], row);
    }

    /// How many groups there are.
    int size() {
        return size;
    }

    /// Sum over all groups, whatever their order; forgets them.
    long sealAll() {
        long sum = 0;
        for (int slot = 0; slot < groups.length; slot++) {
            if (groups[slot] != 0) {
                sum += RowHash.sealed(groups[slot], chains[slot]);
            }
        }
        Arrays.fill(groups, 0);
        Arrays.fill(chains, 0);
        size = 0;
        return sum;
    }

    private void grow() {
        long[] oldGroups = groups;
        long[] oldChains = chains;
        groups = new long[2 * oldGroups.length];
        chains = new long[2 * oldGroups.length];
        int mask = groups.length - 1;
        for (int old = 0; old < oldGroups.length; old++) {
            if (oldGroups[old] != 0) {
                int slot = (int) (oldGroups[old] >>> 7) & mask;
                while (groups[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                groups[slot] = oldGroups[old];
                chains[slot] = oldChains[old];
            }
        }
    }
}
