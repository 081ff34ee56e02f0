package dyno.webhook;

import static dyno.webhook.DeliveryStore.instant;
import static dyno.webhook.DeliveryStore.timestamp;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Table `webhook`. Safe for any number of threads.
final class WebhookStore {

    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    WebhookStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// @return false where there is one of the name
    boolean add(Webhook webhook, Secret secret, Instant now) {
        return jdbc.sql("""
                                INSERT INTO webhook (
                                    name, url, events, labels, enabled, secret, created_at, updated_at)
                                VALUES (
                                    :name, :url, CAST(:events AS text[]), CAST(:labels AS jsonb), :enabled, :secret,
                                    :now, :now)
                                ON CONFLICT (name) DO NOTHING
                                """)
                        .param("name", webhook.name())
                        .param("url", webhook.url().toString())
                        .param("events", words(webhook.events()))
                        .param("labels", json.writeValueAsString(webhook.labels()))
                        .param("enabled", webhook.enabled())
                        .param("secret", secret.key())
                        .param("now", timestamp(now))
                        .update()
                == 1;
    }

    /// Changes all but the secret.
    ///
    /// @return false where there is none of the name
    boolean replace(Webhook webhook, Instant now) {
        return jdbc.sql("""
                                UPDATE webhook
                                SET url = :url, events = CAST(:events AS text[]), labels = CAST(:labels AS jsonb),
                                    enabled = :enabled, updated_at = :now
                                WHERE name = :name
                                """)
                        .param("name", webhook.name())
                        .param("url", webhook.url().toString())
                        .param("events", words(webhook.events()))
                        .param("labels", json.writeValueAsString(webhook.labels()))
                        .param("enabled", webhook.enabled())
                        .param("now", timestamp(now))
                        .update()
                == 1;
    }

    /// @return false where there is none of the name
    boolean rotate(String name, Secret secret, Instant now) {
        return jdbc.sql("""
                                UPDATE webhook
                                SET secret = :secret, updated_at = :now
                                WHERE name = :name
                                """)
                        .param("name", name)
                        .param("secret", secret.key())
                        .param("now", timestamp(now))
                        .update()
                == 1;
    }

    /// Its deliveries go with it.
    ///
    /// @return false where there is none of the name
    boolean remove(String name) {
        return jdbc.sql("DELETE FROM webhook WHERE name = :name")
                        .param("name", name)
                        .update()
                == 1;
    }

    /// By name.
    List<WebhookView> all() {
        return views(null);
    }

    Optional<WebhookView> find(String name) {
        return views(name).stream().findFirst();
    }

    private List<WebhookView> views(@Nullable String name) {
        return jdbc.sql("""
                        SELECT name, url, events, labels, enabled, created_at, updated_at, last_success_at,
                            (
                                SELECT count(*)
                                FROM webhook_delivery
                                WHERE webhook_name = name
                                    AND state <> 'DELIVERED'
                                    AND last_attempt_at > COALESCE(last_success_at, '-infinity')
                            ) AS consecutive_failures
                        FROM webhook
                        CROSS JOIN LATERAL (
                            SELECT max(last_attempt_at) AS last_success_at
                            FROM webhook_delivery
                            WHERE webhook_name = name AND state = 'DELIVERED') AS arrived
                        WHERE CAST(:name AS text) IS NULL OR name = :name
                        ORDER BY name
                        """)
                .param("name", name)
                .query((row, number) -> view(row))
                .list();
    }

    private WebhookView view(ResultSet row) throws SQLException {
        return new WebhookView(
                row.getString("name"),
                URI.create(row.getString("url")),
                Arrays.stream((String[]) row.getArray("events").getArray())
                        .map(EventType::valueOf)
                        .toList(),
                json.readValue(row.getString("labels"), LABELS),
                row.getBoolean("enabled"),
                Objects.requireNonNull(instant(row, "created_at")),
                Objects.requireNonNull(instant(row, "updated_at")),
                instant(row, "last_success_at"),
                row.getLong("consecutive_failures"),
                null);
    }

    private static String[] words(List<EventType> events) {
        return events.stream().map(EventType::name).toArray(String[]::new);
    }
}
