package dyno.engine.grouping;

import java.util.Map;
import java.util.TreeMap;

/// How many records have which length, exactly. Used by one thread at a time.
final class SizeCounts {

    /// Lengths are multiples of eight; those below a mebibyte have a counter each.
    private static final int SMALL = 1 << 17;

    private final long[] small = new long[SMALL];
    private final TreeMap<Integer, Long> large = new TreeMap<>();
    private long count;

    void add(int bytes) {
        count++;
        if (bytes >>> 3 < SMALL) {
            small[bytes >>> 3]++;
        } else {
            large.merge(bytes, 1L, Long::sum);
        }
    }

    void addAll(SizeCounts other) {
        count += other.count;
        for (int i = 0; i < SMALL; i++) {
            small[i] += other.small[i];
        }
        other.large.forEach((bytes, many) -> large.merge(bytes, many, Long::sum));
    }

    long count() {
        return count;
    }

    /// The smallest length that at least `share` of the records do not exceed.
    ///
    /// @param share 0 for the least, 1 for the greatest
    int quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int i = 0; i < SMALL; i++) {
            seen += small[i];
            if (seen >= rank) {
                return i << 3;
            }
        }
        for (Map.Entry<Integer, Long> entry : large.entrySet()) {
            seen += entry.getValue();
            if (seen >= rank) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("There are no records");
    }
}
