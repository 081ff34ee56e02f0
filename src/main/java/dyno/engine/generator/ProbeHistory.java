package dyno.engine.generator;

import org.jspecify.annotations.Nullable;

/// The probe sums of a trial's invocations. Used by one thread at a time.
final class ProbeHistory {

    private long invocations;
    private long first;
    private @Nullable String difference;

    void add(long sum) {
        if (invocations == 0) {
            first = sum;
        } else if (sum != first && difference == null) {
            difference = "invocation %d has probe sum %016x, the first one %016x".formatted(invocations, sum, first);
        }
        invocations++;
    }

    /// Where invocations differed, or the first of them from what it should be; null where all agree.
    ///
    /// @param expected recomputed; null where that would take as long as an invocation
    @Nullable
    String difference(@Nullable Long expected) {
        if (difference == null && invocations > 0 && expected != null && expected != first) {
            return "invocations have probe sum %016x, recomputed it is %016x".formatted(first, expected);
        }
        return difference;
    }
}
