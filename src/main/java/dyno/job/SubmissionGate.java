package dyno.job;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Lets few submissions work at once; the others wait without a thread and without a database connection.
///
/// Hundreds that plan at the same time would hold those up that have a connection and need a processor to give it
/// back, until the pool takes the database for lost. Safe for any number of threads.
final class SubmissionGate {

    /// Fewer than the pool has connections, so that others find one too; more than most nodes have processors.
    private static final int AT_ONCE = 6;

    /// Fair: first come, first served.
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    <T> T pass(Supplier<T> submission) {
        places.acquireUninterruptibly();
        try {
            return submission.get();
        } finally {
            places.release();
        }
    }
}
