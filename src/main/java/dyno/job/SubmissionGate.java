package dyno.job;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// Lets few submissions work at once, dry runs and whole suites among them; the others wait without a
/// thread and
/// without a database connection, and of what they sent have the bytes only.
///
/// Hundreds that plan at the same time would hold those up that have a connection and need a processor to give it
/// back, until the pool takes the database for lost. Safe for any number of threads.
@Component
public final class SubmissionGate {

    /// Fewer than the pool has connections, so that others find one too; more than most nodes have processors.
    private static final int AT_ONCE = 6;

    /// Fair: first come, first served.
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    /// Works once there is a place. Not within a transaction, whose connection would wait as well.
    public <T> T pass(Supplier<T> submission) {
        places.acquireUninterruptibly();
        try {
            return submission.get();
        } finally {
            places.release();
        }
    }
}
