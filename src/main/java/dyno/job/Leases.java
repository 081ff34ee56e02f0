package dyno.job;

import dyno.job.RunningJob.Unwanted;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renews the leases of the jobs that this node runs, from a thread that measuring cannot starve: of highest
/// priority, with a connection of its own. Learns there as well that a job was cancelled or lost.
///
/// Safe for any number of threads.
final class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    static final Duration PERIOD = Duration.ofSeconds(2);

    /// A database that hangs must not hold the thread for as long as a lease lasts.
    private static final int NETWORK_TIMEOUT_MILLIS = 3_000;

    private static final String RENEW = """
            UPDATE job
            SET lease_until = now() + make_interval(secs => ?)
            WHERE id = ? AND attempt = ? AND worker = ? AND state = 'RUNNING'
            """;

    private final Presence presence;
    private final Map<UUID, RunningJob> running = new ConcurrentHashMap<>();
    private final DataSource connections;
    private final Signal signal = new Signal();
    private final Thread thread;
    private @Nullable Connection connection;
    private volatile boolean stopped;

    /// @param connections gives connections that no pool lends to others
    /// @param presence    says that the node lives, by the same thread
    // The priority is a hint, and the lease lasts for five periods where it is not taken.
    @SuppressWarnings("ThreadPriorityCheck")
    Leases(DataSource connections, Presence presence) {
        this.connections = connections;
        this.presence = presence;
        this.thread = Thread.ofPlatform().name("dyno-leases").daemon().unstarted(this::renewAll);
        this.thread.setPriority(Thread.MAX_PRIORITY);
    }

    void start() {
        thread.start();
    }

    void keep(RunningJob job) {
        running.put(job.job().id(), job);
    }

    void drop(RunningJob job) {
        running.remove(job.job().id(), job);
    }

    /// Whether this node lost its name.
    boolean isEvicted() {
        return presence.isEvicted();
    }

    /// The jobs whose leases are kept.
    List<RunningJob> kept() {
        return List.copyOf(running.values());
    }

    /// Looks at once whether the job is still this node's.
    void suspect(UUID job) {
        if (running.containsKey(job)) {
            signal.raise();
        }
    }

    /// Ends the thread and waits for it.
    void stop() throws InterruptedException {
        stopped = true;
        signal.raise();
        thread.join();
    }

    private void renewAll() {
        try {
            while (!stopped) {
                renewOnce();
                signal.await(PERIOD.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but a JVM that ends.
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void renewOnce() {
        try {
            for (var job : running.values()) {
                if (!renew(job.claim())) {
                    job.giveUp(Unwanted.LOST);
                }
            }
            presence.beat(connected());
        } catch (SQLException e) {
            LOG.warn("leases and heartbeat cannot be renewed: {}", e.getMessage());
            disconnect();
        }
    }

    private boolean renew(Claim claim) throws SQLException {
        try (var statement = connected().prepareStatement(RENEW)) {
            statement.setLong(1, ClaimStore.LEASE.toSeconds());
            statement.setObject(2, claim.job());
            statement.setInt(3, claim.attempt());
            statement.setString(4, claim.worker());
            return statement.executeUpdate() == 1;
        }
    }

    private Connection connected() throws SQLException {
        var current = connection;
        if (current == null) {
            current = connections.getConnection();
            connection = current;
            current.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        }
        return current;
    }

    private void disconnect() {
        var current = connection;
        connection = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException e) {
                LOG.debug("lease connection: {}", e.getMessage());
            }
        }
    }
}
