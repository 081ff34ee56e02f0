package dyno.webhook;

import dyno.web.Cursor;
import dyno.webhook.Delivery.State;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Table `webhook_delivery`, as those see it who send and who look. Safe for any number of threads and
/// nodes.
final class DeliveryStore {

    /// How long a claim holds, by the database's clock; a try is over in a quarter of it.
    static final Duration LEASE = Duration.ofSeconds(60);

    /// Deliveries of one webhook that are sent at the same time, so that one that does not answer does
    /// not hold up the others.
    private static final int AT_ONCE = 2;

    private final JdbcClient jdbc;

    DeliveryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Claims what is due, of each webhook the one that has waited longest, passing over what others
    /// claim just now.
    ///
    /// @param most at most so many
    List<ClaimedDelivery> claim(int most, Instant now) {
        return jdbc.sql("""
                        WITH due AS (
                            SELECT delivery.id, webhook.url, webhook.secret
                            FROM webhook
                            CROSS JOIN LATERAL (
                                SELECT id, due_at
                                FROM webhook_delivery
                                WHERE webhook_name = webhook.name
                                    AND (webhook.enabled OR event = 'PING')
                                    AND state = 'PENDING'
                                    AND (due_at <= :now OR due_at > :never)
                                    AND (leased_until IS NULL OR leased_until <= now())
                                ORDER BY due_at, id
                                LIMIT 1
                                FOR UPDATE SKIP LOCKED) AS delivery
                            WHERE (
                                    SELECT count(*)
                                    FROM webhook_delivery
                                    WHERE webhook_name = webhook.name AND state = 'PENDING' AND leased_until > now())
                                < :atOnce
                            ORDER BY delivery.due_at, delivery.id
                            LIMIT :most)
                        UPDATE webhook_delivery
                        SET attempts = attempts + 1, leased_until = now() + make_interval(secs => :lease)
                        FROM due
                        WHERE webhook_delivery.id = due.id
                        RETURNING webhook_delivery.id, webhook_name, due.url, due.secret, payload, attempts, failures
                        """)
                .param("now", timestamp(now))
                .param("never", timestamp(now.plus(BackOff.LONGEST)))
                .param("atOnce", AT_ONCE)
                .param("most", most)
                .param("lease", LEASE.toSeconds())
                .query((row, number) -> new ClaimedDelivery(
                        row.getObject("id", UUID.class),
                        row.getString("webhook_name"),
                        URI.create(row.getString("url")),
                        new Secret(row.getBytes("secret")),
                        row.getString("payload"),
                        row.getInt("attempts"),
                        row.getInt("failures")))
                .list();
    }

    /// What a try led to.
    ///
    /// @param failures so far, this try included
    /// @param dueAt    when it is tried again; null where it is not
    record Settled(
            State state,
            int failures,
            Attempt attempt,
            @Nullable Instant dueAt) {}

    /// Stores what became of a claim.
    ///
    /// @return false where the lease ran out and somebody else has claimed it since, or where it is gone
    boolean settle(ClaimedDelivery claimed, Settled settled, Instant now) {
        return jdbc.sql("""
                                UPDATE webhook_delivery
                                SET state = :state,
                                    failures = :failures,
                                    due_at = COALESCE(CAST(:dueAt AS timestamptz), due_at),
                                    leased_until = NULL,
                                    last_attempt_at = :now,
                                    status = :status,
                                    detail = :detail,
                                    finished_at = CASE WHEN :state = 'PENDING' THEN NULL
                                                       ELSE CAST(:now AS timestamptz) END
                                WHERE id = :id AND attempts = :attempt AND state = 'PENDING'
                                """)
                        .param("state", settled.state().name())
                        .param("failures", settled.failures())
                        .param("dueAt", settled.dueAt() == null ? null : timestamp(settled.dueAt()))
                        .param("now", timestamp(now))
                        .param("status", settled.attempt().status())
                        .param("detail", settled.attempt().detail())
                        .param("id", claimed.id())
                        .param("attempt", claimed.attempt())
                        .update()
                == 1;
    }

    /// Newest first, one more than was asked for where there is one.
    ///
    /// @param state null for any
    /// @param after where the previous page ended; null for the first
    List<Delivery> list(String webhook, @Nullable State state, int limit, @Nullable Cursor after) {
        return jdbc.sql("""
                        SELECT id, webhook_name, event, subject, state, attempts, created_at, due_at, last_attempt_at,
                            status, detail, finished_at
                        FROM webhook_delivery
                        WHERE webhook_name = :webhook
                            AND (CAST(:state AS text) IS NULL OR state = :state)
                            AND (
                                CAST(:afterId AS uuid) IS NULL
                                OR (created_at, id) < (CAST(:afterAt AS timestamptz), CAST(:afterId AS uuid)))
                        ORDER BY created_at DESC, id DESC
                        LIMIT :limit
                        """)
                .param("webhook", webhook)
                .param("state", state == null ? null : state.name())
                .param("afterAt", after == null ? null : timestamp(after.instant()))
                .param("afterId", after == null ? null : after.id())
                .param("limit", limit + 1)
                .query((row, number) -> delivery(row))
                .list();
    }

    Optional<Delivery> find(String webhook, UUID id) {
        return jdbc.sql("""
                        SELECT id, webhook_name, event, subject, state, attempts, created_at, due_at, last_attempt_at,
                            status, detail, finished_at
                        FROM webhook_delivery
                        WHERE webhook_name = :webhook AND id = :id
                        """)
                .param("webhook", webhook)
                .param("id", id)
                .query((row, number) -> delivery(row))
                .optional();
    }

    /// Makes a delivery due now, with all of its tries. One that is being sent stays so, and is not
    /// sent beside that.
    ///
    /// @return false where there is none
    boolean redeliver(String webhook, UUID id, Instant now) {
        return jdbc.sql("""
                                UPDATE webhook_delivery
                                SET state = 'PENDING', failures = 0, due_at = :now, finished_at = NULL
                                WHERE webhook_name = :webhook AND id = :id
                                """)
                        .param("now", timestamp(now))
                        .param("webhook", webhook)
                        .param("id", id)
                        .update()
                == 1;
    }

    /// How many wait for a try or for an answer.
    long waiting() {
        return jdbc.sql("""
                        SELECT count(*)
                        FROM webhook_delivery
                        WHERE state = 'PENDING'
                        """).query(Long.class).single();
    }

    /// Forgets what has been there for long, arrived or given up. What waits goes on waiting.
    int removeBefore(Instant limit) {
        return jdbc.sql("""
                        DELETE FROM webhook_delivery
                        WHERE created_at < :limit
                            AND state <> 'PENDING'
                        """).param("limit", timestamp(limit)).update();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        var state = State.valueOf(row.getString("state"));
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getString("webhook_name"),
                EventType.valueOf(row.getString("event")),
                row.getObject("subject", UUID.class),
                state,
                row.getInt("attempts"),
                Objects.requireNonNull(instant(row, "created_at")),
                state == State.PENDING ? instant(row, "due_at") : null,
                instant(row, "last_attempt_at"),
                row.getObject("status", Integer.class),
                row.getString("detail"),
                instant(row, "finished_at"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
