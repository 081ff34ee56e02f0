package dyno.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// How many jobs wait, as nearly as a bound needs to know that may be overshot: counting thousands of rows for
/// each submission would be most of its work. Safe for any number of threads.
final class WaitingJobs {

    /// What other nodes accept or take goes unseen for so long.
    private static final Duration KEPT = Duration.ofMillis(250);

    private final Supplier<Map<Integer, Long>> count;
    private final InstantSource clock;
    private final NavigableMap<Integer, Long> acceptedSince = new TreeMap<>();
    private NavigableMap<Integer, Long> counted = new TreeMap<>();
    private Rest afterCounting = Rest.OVER;

    /// @param count asks the database how many wait of each priority
    WaitingJobs(Supplier<Map<Integer, Long>> count, InstantSource clock) {
        this.count = count;
        this.clock = clock;
    }

    /// This node accepted a job.
    synchronized void add(int priority) {
        acceptedSince.merge(priority, 1L, Long::sum);
    }

    /// Below `bound` possibly a little old; at it or above, counted just now.
    long atMost(long bound) {
        if (isOld()) {
            countAnew();
        }
        long known = ofPriority(0);
        if (known < bound) {
            return known;
        }
        countAnew();
        return ofPriority(0);
    }

    /// Jobs of this priority and higher ones, as far as is known.
    synchronized long ofPriority(int priority) {
        return sum(counted.tailMap(priority, true)) + sum(acceptedSince.tailMap(priority, true));
    }

    private static long sum(Map<Integer, Long> jobs) {
        return jobs.values().stream().mapToLong(Long::longValue).sum();
    }

    private synchronized boolean isOld() {
        return afterCounting.isOver(clock.instant());
    }

    /// Jobs that are accepted while the database counts are counted twice rather than not at all.
    private void countAnew() {
        NavigableMap<Integer, Long> before;
        synchronized (this) {
            before = new TreeMap<>(acceptedSince);
            // The others go on with what is known.
            afterCounting = Rest.of(KEPT, clock.instant());
        }
        var now = new TreeMap<>(count.get());
        synchronized (this) {
            counted = now;
            before.forEach((priority, jobs) -> acceptedSince.merge(priority, -jobs, Long::sum));
        }
    }
}
