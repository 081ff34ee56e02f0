package dyno.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/// Upper bounds of the histograms' buckets, chosen by what people ask of them.
final class Buckets {

    private Buckets() {}

    /// Waiting in the queue: at once, or behind a job, or behind a night's suites.
    static Duration[] queueWait() {
        return seconds(1, 5, 15, 60, 300, 900, 3_600, 14_400);
    }

    /// A job: smoke jobs take a second or two, those of suites minutes, 15 minutes is the least timeout.
    static Duration[] run() {
        return seconds(1, 2, 5, 10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 14_400);
    }

    /// An iteration: the plan's least is 200 ms unless a job says otherwise.
    static Duration[] iteration() {
        return LongStream.of(1, 10, 50, 100, 200, 300, 500, 1_000, 2_000, 5_000, 10_000, 60_000)
                .mapToObj(Duration::ofMillis)
                .toArray(Duration[]::new);
    }

    private static Duration[] seconds(long... bounds) {
        return LongStream.of(bounds).mapToObj(Duration::ofSeconds).toArray(Duration[]::new);
    }
}
