package dyno.job;

import dyno.web.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears what the queue's table announces, whoever changed it, with one thread and one connection of its own.
///
/// What is announced while the connection is down is lost; listeners are told when that may have happened.
/// Everybody who listens looks at the table now and then anyway.
final class Notifications {

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    /// How long a stop may have to wait.
    private static final int WAIT_MILLIS = 500;

    private static final long RECONNECT_MILLIS = 1_000;

    /// @param job  whose event it is
    /// @param type of its newest event
    record Announced(UUID job, String type) {

        /// Whether the job's state changed, which may concern those who run jobs.
        boolean isOfWorkers() {
            return type.equals(EventType.STATE.word()) || type.equals(EventType.END.word()) || isNew();
        }

        /// The newest event of a job that was just submitted may be one of its warnings.
        private boolean isNew() {
            return type.equals(EventType.WARNING.word());
        }
    }

    private final DataSource connections;
    private final Consumer<Announced> listener;
    private final Runnable mayHaveMissed;
    private final Signal signal = new Signal();
    private final Thread thread;
    private volatile boolean stopped;

    /// @param connections   gives connections that no pool lends to others
    /// @param listener      is called by this object's thread and must return soon
    /// @param mayHaveMissed is called after each connecting
    Notifications(DataSource connections, Consumer<Announced> listener, Runnable mayHaveMissed) {
        this.connections = connections;
        this.listener = listener;
        this.mayHaveMissed = mayHaveMissed;
        this.thread = Thread.ofPlatform().name("dyno-notifications").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Ends the thread and waits for it.
    void stop() throws InterruptedException {
        stopped = true;
        signal.raise();
        thread.join();
    }

    private void run() {
        try {
            while (!stopped) {
                try (var connection = connections.getConnection()) {
                    listen(connection);
                } catch (SQLException e) {
                    LOG.warn("announcements of the queue cannot be heard: {}", e.getMessage());
                    signal.await(RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but a JVM that ends.
            Thread.currentThread().interrupt();
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("LISTEN " + EventLog.CHANNEL);
        }
        mayHaveMissed.run();
        var postgres = connection.unwrap(PGConnection.class);
        while (!stopped) {
            for (PGNotification notification : postgres.getNotifications(WAIT_MILLIS)) {
                tell(notification.getParameter());
            }
        }
    }

    /// Whoever may connect to the database may say anything there; what is none of ours tells nobody.
    private void tell(String message) {
        int blank = Math.max(0, message.indexOf(' '));
        Ids.parse(message.substring(0, blank))
                .ifPresent(job -> listener.accept(new Announced(job, message.substring(blank + 1))));
    }
}
