package dyno.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// How many jobs wait, as nearly as a bound needs to know that may be overshot: counting thousands of rows for
/// each submission would be most of its work. Safe for any number of threads.
final class WaitingJobs {

    /// What other nodes accept goes unseen for so long.
    private static final Duration KEPT = Duration.ofMillis(250);

    private final LongSupplier count;
    private final InstantSource clock;
    private Instant countAfter = Instant.MIN;
    private long counted;
    private long acceptedSince;

    /// @param count asks the database
    WaitingJobs(LongSupplier count, InstantSource clock) {
        this.count = count;
        this.clock = clock;
    }

    /// This node accepted a job.
    synchronized void increment() {
        acceptedSince++;
    }

    /// Below `bound` possibly a little old; at it or above, counted just now.
    long atMost(long bound) {
        long known = known();
        return known < bound ? known : countAnew();
    }

    private long known() {
        synchronized (this) {
            if (!clock.instant().isAfter(countAfter)) {
                return counted + acceptedSince;
            }
        }
        return countAnew();
    }

    /// Jobs that are accepted while the database counts are counted twice rather than not at all.
    private long countAnew() {
        long acceptedBefore;
        synchronized (this) {
            acceptedBefore = acceptedSince;
            // The others go on with what is known.
            countAfter = clock.instant().plus(KEPT);
        }
        long now = count.getAsLong();
        synchronized (this) {
            counted = now;
            acceptedSince -= acceptedBefore;
            return counted + acceptedSince;
        }
    }
}
