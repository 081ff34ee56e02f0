package dyno.engine.aggregation;

import java.util.HashMap;
import java.util.Map;

/// Storage rows by day, claim and pod, before they are joined with the nodes of their pods. Used by one thread at a
/// time; those of several threads are merged.
final class StorageGroups {

    /// Numbers of names and label sets, -1 for null.
    record Key(
            int day,
            int namespace,
            int pod,
            int claim,
            int volume,
            int storageClass,
            int handle,
            int volumeLabels,
            int claimLabels) {}

    /// Sums of one key.
    static final class Values {

        /// Negative infinity where no row had a value.
        double capacityBytes = Double.NEGATIVE_INFINITY;

        final ExactSum capacity = new ExactSum(FixedPoint.MEMORY_BITS);
        final ExactSum request = new ExactSum(FixedPoint.MEMORY_BITS);
        final ExactSum usage = new ExactSum(FixedPoint.MEMORY_BITS);

        void add(double bytes, double capacitySeconds, double requestSeconds, double usageSeconds) {
            if (bytes > capacityBytes) {
                capacityBytes = bytes;
            }
            capacity.add(capacitySeconds);
            request.add(requestSeconds);
            usage.add(usageSeconds);
        }

        void merge(Values other) {
            if (other.capacityBytes > capacityBytes) {
                capacityBytes = other.capacityBytes;
            }
            capacity.merge(other.capacity);
            request.merge(other.request);
            usage.merge(other.usage);
        }
    }

    private final Map<Key, Values> groups = new HashMap<>();

    Values group(Key key) {
        return groups.computeIfAbsent(key, k -> new Values());
    }

    Map<Key, Values> groups() {
        return groups;
    }

    void merge(StorageGroups other) {
        other.groups.forEach((key, values) -> group(key).merge(values));
    }
}
