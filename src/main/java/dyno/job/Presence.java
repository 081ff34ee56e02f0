package dyno.job;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node among those that share the database: takes its name when it starts, says every two seconds
/// that it lives, and leaves. Safe for any number of threads.
final class Presence {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    /// Longer than two heartbeats are apart, with what a busy host adds.
    static final Duration LOOK = Duration.ofSeconds(6);

    private static final Duration GLANCE = Duration.ofMillis(250);

    private static final String BEAT = """
            UPDATE node
            SET heartbeat_at = now()
            WHERE name = ? AND instance = ?
            """;

    private final NodeFacts facts;
    private final NodeStore nodes;
    private final InstantSource clock;
    private final UUID instance = UUID.randomUUID();
    private volatile boolean isEvicted;

    Presence(NodeFacts facts, NodeStore nodes, InstantSource clock) {
        this.facts = facts;
        this.nodes = nodes;
        this.clock = clock;
    }

    /// Takes the name.
    ///
    /// Whoever had it and was at the same place is dead, since we hold the folder. One from another place
    /// may have been killed and moved, or be the original of a copy: then its heart beats.
    ///
    /// @throws NodeNameTakenException where it does
    void join() {
        var holder = nodes.holder(facts.name());
        if (holder.isPresent() && !holder.get().home().equals(facts.home())) {
            requireDead(holder.get());
        }
        nodes.forgetGone();
        nodes.join(facts, instance, clock.instant());
        LOG.info("node {} {}", facts.name(), facts.labels());
    }

    private void requireDead(NodeStore.Holder holder) {
        for (var left = LOOK; left.isPositive(); left = left.minus(GLANCE)) {
            var now = nodes.holder(facts.name());
            if (now.isEmpty()) {
                return;
            }
            if (now.get().heartbeatAt().isAfter(holder.heartbeatAt())) {
                throw new NodeNameTakenException(facts.name(), holder.home());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(GLANCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The start was interrupted", e);
        }
    }

    /// Says that the node lives; called by the thread that renews leases.
    void beat(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(BEAT)) {
            statement.setString(1, facts.name());
            statement.setObject(2, instance);
            if (statement.executeUpdate() == 0 && !isEvicted) {
                isEvicted = true;
                LOG.error("another service has taken the name {}; this node claims no more jobs", facts.name());
            }
        }
    }

    /// Whether another service has the name now: it took this one, which may have been frozen, for dead.
    boolean isEvicted() {
        return isEvicted;
    }

    void leave() {
        try {
            nodes.leave(facts.name(), instance);
        } catch (RuntimeException e) {
            // It shows in the heartbeat as well.
            LOG.warn("node {} cannot say that it stops: {}", facts.name(), e.getMessage());
        }
    }
}
