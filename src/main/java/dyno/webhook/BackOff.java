package dyno.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How long to wait after a delivery did not arrive. As safe for threads as its random numbers.
final class BackOff {

    /// Seven tries in seven and a half hours: a restart of the receiver, a broken deployment, a night's
    /// outage.
    static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6));

    /// Receivers may ask for more time, up to this.
    static final Duration LONGEST_WISH = Duration.ofHours(6);

    /// No delivery waits for longer, jitter included: one that would was put off by a clock that was ahead.
    static final Duration LONGEST = WAITS.getLast().multipliedBy(2);

    /// Deliveries that failed together are spread over a quarter of the wait.
    private static final int JITTER_PERMILLE = 250;

    private final RandomGenerator random;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    /// @param failures so far, from 1
    /// @param wish     of the receiver; null where it has none
    /// @return empty where that was the last try
    Optional<Duration> after(int failures, @Nullable Duration wish) {
        if (failures > WAITS.size()) {
            return Optional.empty();
        }
        var wait = WAITS.get(failures - 1);
        var spread =
                wait.plus(wait.multipliedBy(random.nextInt(JITTER_PERMILLE + 1)).dividedBy(1_000));
        if (wish == null) {
            return Optional.of(spread);
        }
        var granted = wish.compareTo(LONGEST_WISH) < 0 ? wish : LONGEST_WISH;
        return Optional.of(granted.compareTo(spread) > 0 ? granted : spread);
    }
}
