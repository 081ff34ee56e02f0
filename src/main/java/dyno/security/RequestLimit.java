package dyno.security;

import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// A token bucket for each of those who ask. Remembers the [#MAX_ASKERS] who asked last, so that its memory is
/// bounded whoever comes. Safe for any number of threads.
final class RequestLimit {

    /// About 3 MB of buckets.
    static final int MAX_ASKERS = 10_000;

    private final String whose;
    private final long perSecond;
    private final long burst;
    private final TimeMeter time;

    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_ASKERS;
        }
    };

    /// @param whose who is limited, for the refusal: `key`
    RequestLimit(String whose, long perSecond, long burst, LongSupplier nanoTime) {
        this.whose = whose;
        this.perSecond = perSecond;
        this.burst = burst;
        this.time = new TimeMeter() {

            @Override
            public long currentTimeNanos() {
                return nanoTime.getAsLong();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }

    /// @throws ProblemException `rate-limited` where this one asks too often
    void pass(String asker) {
        var probe = bucket(asker).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new ProblemException(
                    ProblemCode.RATE_LIMITED,
                    "This %s may send %d requests a second, %d at once".formatted(whose, perSecond, burst),
                    List.of(),
                    Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    int askers() {
        synchronized (buckets) {
            return buckets.size();
        }
    }

    private Bucket bucket(String asker) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(asker, _ -> full());
        }
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
    }
}
