package dyno.job;

import dyno.job.NodeState.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Table `node`. Safe for any number of threads and nodes.
final class NodeStore {

    private final JdbcClient jdbc;
    private final JobJson json;

    NodeStore(JdbcClient jdbc, JsonMapper mapper) {
        this.jdbc = jdbc;
        this.json = new JobJson(mapper);
    }

    /// Who has a name, and was heard of within the time of a lease.
    ///
    /// @param heartbeatAt rises while it lives
    record Holder(String home, Instant heartbeatAt) {}

    Optional<Holder> holder(String name) {
        return jdbc.sql("""
                        SELECT home, heartbeat_at
                        FROM node
                        WHERE name = :name
                            AND NOT stopped
                            AND heartbeat_at > now() - make_interval(secs => :lease)
                        """)
                .param("name", name)
                .param("lease", ClaimStore.LEASE.toSeconds())
                .query((row, number) -> new Holder(row.getString("home"), instant(row, "heartbeat_at")))
                .optional();
    }

    /// Takes the name; one that drained goes on draining.
    void join(NodeFacts facts, UUID instance, Instant now) {
        jdbc.sql("""
                        INSERT INTO node (
                            name, instance, home, started_at, heartbeat_at, cpus, fingerprint, labels)
                        VALUES (:name, :instance, :home, :now, now(), :cpus, :fingerprint, CAST(:labels AS jsonb))
                        ON CONFLICT (name) DO UPDATE
                        SET instance = excluded.instance, home = excluded.home, started_at = excluded.started_at,
                            heartbeat_at = excluded.heartbeat_at, stopped = false, cpus = excluded.cpus,
                            fingerprint = excluded.fingerprint, labels = excluded.labels
                        """)
                .param("name", facts.name())
                .param("instance", instance)
                .param("home", facts.home())
                .param("now", JobRow.timestamp(now))
                .param("cpus", facts.cpus())
                .param("fingerprint", facts.fingerprint())
                .param("labels", json.write(facts.labels()))
                .update();
    }

    /// The node stops in good order.
    void leave(String name, UUID instance) {
        jdbc.sql("""
                        UPDATE node
                        SET stopped = true
                        WHERE name = :name AND instance = :instance
                        """).param("name", name).param("instance", instance).update();
    }

    /// @return false where there is no such node
    boolean drain(String name, boolean draining) {
        return jdbc.sql("""
                                UPDATE node
                                SET draining = :draining
                                WHERE name = :name
                                """).param("name", name).param("draining", draining).update() == 1;
    }

    /// Forgets nodes that have been gone for days and do not drain.
    void forgetGone() {
        jdbc.sql("""
                        DELETE FROM node
                        WHERE heartbeat_at < now() - make_interval(days => 7)
                            AND NOT draining
                            AND NOT EXISTS (SELECT 1 FROM dataset WHERE dataset.node = node.name)
                        """).update();
    }

    /// By name.
    List<NodeState> all() {
        return jdbc.sql("""
                        SELECT
                            name, started_at, heartbeat_at, draining, cpus, fingerprint, labels,
                            stopped OR heartbeat_at < now() - make_interval(secs => :lease) AS gone,
                            ARRAY(
                                SELECT id
                                FROM job
                                WHERE state = 'RUNNING' AND worker = node.name
                                ORDER BY started_at, id) AS running
                        FROM node
                        ORDER BY name
                        """)
                .param("lease", ClaimStore.LEASE.toSeconds())
                .query((row, number) -> state(row))
                .list();
    }

    private NodeState state(ResultSet row) throws SQLException {
        var state = State.ACTIVE;
        if (row.getBoolean("gone")) {
            state = State.GONE;
        } else if (row.getBoolean("draining")) {
            state = State.DRAINING;
        }
        return new NodeState(
                row.getString("name"),
                state,
                instant(row, "started_at"),
                instant(row, "heartbeat_at"),
                row.getInt("cpus"),
                row.getString("fingerprint"),
                json.labels(row.getString("labels")),
                List.of((UUID[]) row.getArray("running").getArray()));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant();
    }
}
