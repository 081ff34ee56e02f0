package dyno.result;

import static java.time.ZoneOffset.UTC;

import com.github.f4b6a3.uuid.UuidCreator;
import dyno.result.Alert.Kind;
import dyno.result.Alert.State;
import dyno.web.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// Alerts in PostgreSQL. Safe for any number of threads and nodes.
@Repository
public class AlertStore {

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;
    private final StoredJson json = new StoredJson();

    public AlertStore(JdbcClient jdbc, InstantSource clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /// Stores an alert, open, and publishes [AlertRaised].
    ///
    /// @return empty where its subject has an alert already
    @Transactional
    public Optional<Alert> raise(NewAlert raised) {
        var stored = jdbc.sql("""
                INSERT INTO alert (id, kind, state, subject, engine, case_name, fingerprint, run_id, schedule,
                                   message, details, created_at)
                VALUES (:id, :kind, 'OPEN', :subject, :engine, :case, :fingerprint, :run, :schedule,
                        :message, CAST(:details AS json), :at)
                ON CONFLICT (subject) DO NOTHING
                RETURNING id, kind, state, engine, case_name, fingerprint, run_id, schedule, message, details,
                          reason, created_at, changed_at
                """)
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("kind", raised.kind().name())
                .param("subject", raised.subject())
                .param("engine", raised.engine())
                .param("case", raised.caseName())
                .param("fingerprint", raised.fingerprint())
                .param("run", raised.runId())
                .param("schedule", raised.schedule())
                .param("message", raised.message())
                .param("details", json.write(raised.details()))
                .param("at", clock.instant().atOffset(UTC))
                .query((row, number) -> alert(row))
                .optional();
        stored.ifPresent(alert -> events.publishEvent(new AlertRaised(alert)));
        return stored;
    }

    public Optional<Alert> find(UUID id) {
        return jdbc.sql("""
                SELECT id, kind, state, engine, case_name, fingerprint, run_id, schedule, message, details,
                       reason, created_at, changed_at
                FROM alert
                WHERE id = :id
                """).param("id", id).query((row, number) -> alert(row)).optional();
    }

    /// Newest first, one more than was asked for where there is one.
    ///
    /// @param after where the previous page ended; null for the first
    List<Alert> list(AlertFilter filter, int limit, @Nullable Cursor after) {
        return jdbc.sql("""
                SELECT id, kind, state, engine, case_name, fingerprint, run_id, schedule, message, details,
                       reason, created_at, changed_at
                FROM alert
                WHERE (CAST(:state AS text) IS NULL OR state = :state)
                  AND (CAST(:kind AS text) IS NULL OR kind = :kind)
                  AND (CAST(:engine AS text) IS NULL OR engine = :engine)
                  AND (CAST(:afterId AS uuid) IS NULL OR (created_at, id) < (:afterAt, :afterId))
                ORDER BY created_at DESC, id DESC
                LIMIT :limit
                """)
                .param("state", filter.state() == null ? null : filter.state().name())
                .param("kind", filter.kind() == null ? null : filter.kind().name())
                .param("engine", filter.engine())
                .param("afterAt", after == null ? null : after.instant().atOffset(UTC))
                .param("afterId", after == null ? null : after.id())
                .param("limit", limit + 1)
                .query((row, number) -> alert(row))
                .list();
    }

    /// Confirms or dismisses.
    ///
    /// @param reason null only where it is confirmed
    /// @return the changed alert; empty where there is none
    Optional<Alert> close(UUID id, State state, @Nullable String reason) {
        return jdbc.sql("""
                UPDATE alert
                SET state = :state,
                    reason = :reason,
                    changed_at = :at
                WHERE id = :id
                RETURNING id, kind, state, engine, case_name, fingerprint, run_id, schedule, message, details,
                          reason, created_at, changed_at
                """)
                .param("id", id)
                .param("state", state.name())
                .param("reason", reason)
                .param("at", clock.instant().atOffset(UTC))
                .query((row, number) -> alert(row))
                .optional();
    }

    /// Whether an alert that nobody dismissed has a subject that begins like this.
    boolean hasUndismissed(String subjectStart) {
        return jdbc.sql("""
                SELECT EXISTS (
                    SELECT 1
                    FROM alert
                    WHERE state <> 'DISMISSED'
                      AND starts_with(subject, :start))
                """).param("start", subjectStart).query(Boolean.class).single();
    }

    /// Regressions that nobody dismissed, by engine; engines without any are left out.
    public Map<String, Long> regressions() {
        return jdbc
                .sql("""
                SELECT engine, count(*) AS alerts
                FROM alert
                WHERE kind = 'REGRESSION'
                  AND state <> 'DISMISSED'
                  AND engine IS NOT NULL
                GROUP BY engine
                """)
                .query((row, number) -> Map.entry(row.getString("engine"), row.getLong("alerts")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Alert alert(ResultSet row) throws SQLException {
        return new Alert(
                row.getObject("id", UUID.class),
                Kind.valueOf(row.getString("kind")),
                State.valueOf(row.getString("state")),
                row.getString("engine"),
                row.getString("case_name"),
                row.getString("fingerprint"),
                row.getObject("run_id", UUID.class),
                row.getString("schedule"),
                row.getString("message"),
                json.readMap(row.getString("details"), Object.class),
                row.getString("reason"),
                RunReader.instant(row, "created_at"),
                instantOrNull(row, "changed_at"));
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
