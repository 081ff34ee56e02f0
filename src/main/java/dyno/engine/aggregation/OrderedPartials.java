package dyno.engine.aggregation;

import java.util.HashMap;
import java.util.Map;

/// Adds the groups of chunks in the order of the input, whichever is aggregated first: sums of doubles depend on it.
/// Safe for any number of threads.
final class OrderedPartials {

    private final GroupTable all;
    private final Map<Long, GroupTable> early = new HashMap<>();
    private volatile long next;

    OrderedPartials(GroupTable all) {
        this.all = all;
    }

    /// Chunks whose groups were added; those after them wait.
    long next() {
        return next;
    }

    /// @param order 0-based, without gaps
    synchronized void add(long order, GroupTable groups) {
        early.put(order, groups);
        var due = early.remove(next);
        while (due != null) {
            merge(due);
            due = early.remove(advance());
        }
    }

    /// Only under the lock.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private long advance() {
        return ++next;
    }

    private void merge(GroupTable groups) {
        var keys = groups.keys;
        for (int i = 0; i < groups.size(); i++) {
            int to = all.locate(keys.day(i), keys.node(i), keys.namespace(i), keys.labels(i));
            all.addGroup(to, groups, i);
        }
    }
}
