package dyno.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Room for only so many large bodies at once. What a body of JSON becomes takes several times its bytes, and nothing
/// else limits how many clients send one; those beyond wait unread, at the cost of their connection.
///
/// Safe for any number of threads.
final class LargeBodies {

    /// Bodies up to this size never wait.
    static final int SMALL_BYTES = 64 << 10;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Semaphore room;
    private final Duration patience;

    /// @param atOnce   how many there is room for
    /// @param patience how long one waits for room
    LargeBodies(int atOnce, Duration patience) {
        this.room = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    Guest guest() {
        return new Guest();
    }

    /// The body of one request, from its first byte to the request's end. Used by one thread at a time.
    final class Guest implements AutoCloseable {

        private boolean isIn;

        /// Waits for room where the body has become a large one.
        ///
        /// @param bytes of it that have arrived
        /// @throws ProblemException `rate-limited` where none comes free in time
        void arrived(long bytes) {
            if (isIn || bytes <= SMALL_BYTES) {
                return;
            }
            try {
                isIn = room.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                // Nobody interrupts a request but a service that stops.
                Thread.currentThread().interrupt();
                throw new ProblemException(ProblemCode.SHUTTING_DOWN, "The service stopped while the body waited");
            }
            if (!isIn) {
                throw new ProblemException(
                        ProblemCode.RATE_LIMITED,
                        "Too many bodies of more than %d bytes at once".formatted(SMALL_BYTES),
                        List.of(),
                        RETRY_AFTER);
            }
        }

        @Override
        public void close() {
            if (isIn) {
                isIn = false;
                room.release();
            }
        }
    }
}
