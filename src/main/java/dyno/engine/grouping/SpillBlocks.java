package dyno.engine.grouping;

import java.util.Arrays;

/// Where the blocks of one spilled row group are, in the order in which they were written. Used by one thread at a
/// time.
final class SpillBlocks {

    private int count;
    private int[] buckets = new int[16];
    private int[] rows = new int[16];
    private int[] lengths = new int[16];
    private long[] offsets = new long[16];
    private long[] hashes = new long[16];

    /// Rows of the row group that are part of no record.
    Dropped dropped = Dropped.NONE;

    int count() {
        return count;
    }

    void add(int bucket, int blockRows, long offset, int length, long hash) {
        if (count == buckets.length) {
            buckets = Arrays.copyOf(buckets, 2 * count);
            rows = Arrays.copyOf(rows, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
            offsets = Arrays.copyOf(offsets, 2 * count);
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        buckets[count] = bucket;
        rows[count] = blockRows;
        lengths[count] = length;
        offsets[count] = offset;
        hashes[count] = hash;
        count++;
    }

    int bucket(int block) {
        return buckets[block];
    }

    int rows(int block) {
        return rows[block];
    }

    int length(int block) {
        return lengths[block];
    }

    long offset(int block) {
        return offsets[block];
    }

    long hash(int block) {
        return hashes[block];
    }

    long rowsOf(int bucket) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += buckets[i] == bucket ? rows[i] : 0;
        }
        return sum;
    }

    long bytes() {
        return count == 0 ? 0 : offsets[count - 1] + lengths[count - 1];
    }
}
