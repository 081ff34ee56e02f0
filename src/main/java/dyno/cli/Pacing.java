package dyno.cli;

import java.time.Duration;
import java.util.List;

/// How patient the client is with a connection.
///
/// @param silence the longest time without even a heartbeat before a connection counts as dead
/// @param pauses  before each attempt to connect again; after as many failures in a row the service counts as lost
/// @param clock   how a pause is made
record Pacing(Duration silence, List<Duration> pauses, Pause clock) {

    /// Waits.
    @FunctionalInterface
    interface Pause {
        void pause(Duration duration) throws InterruptedException;
    }

    /// Four of the service's heartbeats; about a minute of attempts, enough for a service that is started anew.
    static Pacing standard() {
        var pauses = List.of(250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000).stream()
                .map(Duration::ofMillis)
                .toList();
        return new Pacing(Duration.ofSeconds(60), pauses, Thread::sleep);
    }
}
