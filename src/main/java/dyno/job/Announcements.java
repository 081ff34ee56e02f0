package dyno.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Tells listeners of the database of what was committed, by `NOTIFY`, many things at a time.
///
/// Not within the transactions themselves: on the whole server PostgreSQL lets one transaction that notifies
/// commit at a time, its write to disk included, so that no two submissions would ever share one. What gets
/// lost between the commit and here is found by those who look at the table now and then, as everybody does.
/// Safe for any number of threads.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-notify.html">NOTIFY</a>
final class Announcements {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    /// A few dozen kilobytes.
    private static final int AT_ONCE = 1_000;

    /// One would do, but for a connection that hangs until the network gives it up.
    private static final int SENDERS = 2;

    private final JdbcClient jdbc;
    private final String channel;
    private final Queue<String> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore senders = new Semaphore(SENDERS);

    Announcements(JdbcClient jdbc, String channel) {
        this.jdbc = jdbc;
        this.channel = channel;
    }

    /// Announces it once the calling thread's transaction is committed; at once where there is none.
    void afterCommit(String message) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            announce(message);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                announce(message);
            }
        });
    }

    /// By a thread of its own, since the caller's still has the connection of what it committed.
    private void announce(String message) {
        waiting.add(message);
        if (senders.tryAcquire()) {
            Thread.ofVirtual().name("dyno-announcements").start(this::sendAll);
        }
    }

    private void sendAll() {
        do {
            try {
                for (var batch = batch(); !batch.isEmpty(); batch = batch()) {
                    send(batch);
                }
            } finally {
                senders.release();
            }
            // Somebody may have come after the last look and left the sending to us.
        } while (!waiting.isEmpty() && senders.tryAcquire());
    }

    private List<String> batch() {
        var batch = new ArrayList<String>();
        for (var next = waiting.poll(); next != null; next = batch.size() < AT_ONCE ? waiting.poll() : null) {
            batch.add(next);
        }
        return batch;
    }

    private void send(List<String> batch) {
        try {
            jdbc.sql("""
                            SELECT pg_notify(:channel, message)
                            FROM unnest(CAST(:messages AS text[])) AS announced (message)
                            """)
                    .param("channel", channel)
                    .param("messages", batch.toArray(String[]::new))
                    .query((row, number) -> true)
                    .list();
        } catch (DataAccessException e) {
            LOG.warn("{} events are not announced: {}", batch.size(), e.getMessage());
        }
    }
}
