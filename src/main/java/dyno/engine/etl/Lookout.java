package dyno.engine.etl;

import java.util.concurrent.atomic.AtomicBoolean;

/// Where a worker looks for its next batch for a moment before it sleeps: one worker at a time, and for
/// about what
/// waking it would take.
///
/// What it looks at stands by itself: fields that extractors write to with each batch would be torn out of
/// their
/// caches by every look. Safe for any number of threads.
final class Lookout {

    /// About what waking a thread takes.
    private static final long LOOKING_NANOS = 20_000;

    /// Looks between two readings of the clock, and readings at most, whatever the clock says.
    private static final int LOOKS = 16;

    private static final int MOST_READINGS = 200;

    private final Time time;
    private final AtomicBoolean isTaken = new AtomicBoolean();
    private volatile boolean isReady;

    Lookout(Time time) {
        this.time = time;
    }

    /// Whether a worker would get an answer at once.
    boolean isReady() {
        return isReady;
    }

    /// Called by one thread at a time.
    void tell(boolean isReadyNow) {
        // Writing what is there already would cost looking threads their copy.
        if (isReady != isReadyNow) {
            isReady = isReadyNow;
        }
    }

    /// Returns when there is an answer, when the moment is over, or at once where another worker looks.
    @SuppressWarnings("ThreadPriorityCheck") // Right without it; only sooner with it where cores are few.
    void look(Tally tally) {
        if (!isTaken.compareAndSet(false, true)) {
            return;
        }
        try {
            long start = time.nanos();
            long now = start;
            for (int reading = 0; reading < MOST_READINGS && now - start < LOOKING_NANOS; reading++) {
                for (int i = 0; i < LOOKS && !isReady; i++) {
                    Thread.onSpinWait();
                }
                now = time.nanos();
                if (isReady) {
                    break;
                }
                // The extractor may be waiting for this very core.
                Thread.yield();
            }
            tally.idleNanos += now - start;
        } finally {
            isTaken.set(false);
        }
    }
}
