package dyno.engine.grouping;

/// Sorts row numbers by their times, stable. Keeps its scratch memory; used by one thread at a time.
///
/// Benchmark: `TimeSortBenchmark`.
final class TimeSort {

    private static final int INSERTION = 24;

    private long[] keys = new long[256];
    private long[] keySpace = new long[256];
    private int[] rowSpace = new int[256];

    /// Sorts `rows[from … end - 1]` by `times[row]`; rows of one time stay in their order.
    ///
    /// @return whether anything had to be moved
    boolean sort(int[] rows, int from, int end, long[] times) {
        int sorted = sortedPrefix(rows, from, end, times);
        if (sorted == end) {
            return false;
        }
        int count = end - from;
        if (keys.length < count) {
            int room = (int) Math.min(Integer.MAX_VALUE - 8, count * 3L / 2);
            keys = new long[room];
            keySpace = new long[room];
            rowSpace = new int[room];
        }
        for (int i = 0; i < count; i++) {
            keys[i] = times[rows[from + i]];
        }
        sort(rows, from, 0, count);
        return true;
    }

    private static int sortedPrefix(int[] rows, int from, int end, long[] times) {
        long before = Long.MIN_VALUE;
        for (int i = from; i < end; i++) {
            long time = times[rows[i]];
            if (time < before) {
                return i;
            }
            before = time;
        }
        return end;
    }

    /// @param base what is to be added to an index of `keys` to get that of `rows`
    private void sort(int[] rows, int base, int from, int end) {
        if (end - from <= INSERTION) {
            insertionSort(rows, base, from, end);
            return;
        }
        int middle = (from + end) >>> 1;
        sort(rows, base, from, middle);
        sort(rows, base, middle, end);
        if (keys[middle - 1] > keys[middle]) {
            merge(rows, base, from, middle, end);
        }
    }

    private void merge(int[] rows, int base, int from, int middle, int end) {
        long[] times = keys;
        long[] leftTimes = keySpace;
        int[] leftRows = rowSpace;
        int count = middle - from;
        System.arraycopy(times, from, leftTimes, 0, count);
        System.arraycopy(rows, base + from, leftRows, 0, count);
        int left = 0;
        int right = middle;
        int to = from;
        while (left < count && right < end) {
            // The left one on a tie: that keeps the order.
            if (times[right] < leftTimes[left]) {
                times[to] = times[right];
                rows[base + to++] = rows[base + right++];
            } else {
                times[to] = leftTimes[left];
                rows[base + to++] = leftRows[left++];
            }
        }
        System.arraycopy(leftTimes, left, times, to, count - left);
        System.arraycopy(leftRows, left, rows, base + to, count - left);
    }

    private void insertionSort(int[] rows, int base, int from, int end) {
        long[] times = keys;
        for (int i = from + 1; i < end; i++) {
            long time = times[i];
            int row = rows[base + i];
            int at = i;
            while (at > from && times[at - 1] > time) {
                times[at] = times[at - 1];
                rows[base + at] = rows[base + at - 1];
                at--;
            }
            times[at] = time;
            rows[base + at] = row;
        }
    }
}
