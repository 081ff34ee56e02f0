package dyno.webhook;

import com.github.f4b6a3.uuid.UuidCreator;
import dyno.webhook.Message.PingData;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Records what is to be sent, in the transaction of the calling thread: an event that is committed is sent
/// whatever happens to this process, and one that is rolled back never was. Safe for any number of threads.
final class Outbox {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Outbox(JdbcClient jdbc, JsonMapper json, ApplicationEventPublisher events, InstantSource clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.events = events;
        this.clock = clock;
    }

    /// Adds a delivery for each webhook that is for this, unless it has one of the same event and subject.
    ///
    /// @param labels what the webhook's have to be among; null where it has none and those do not count
    /// @param data   as in [Message]
    void add(EventType type, UUID subject, @Nullable Map<String, String> labels, Object data) {
        for (var webhook : audience(type, labels)) {
            insert(webhook, subject, new Message(newId(), type, clock.instant(), data));
        }
    }

    /// @return the delivery's id
    UUID addPing(String webhook) {
        var id = newId();
        insert(webhook, id, new Message(id, EventType.PING, clock.instant(), new PingData(webhook)));
        return id;
    }

    private List<String> audience(EventType type, @Nullable Map<String, String> labels) {
        return jdbc.sql("""
                        SELECT name
                        FROM webhook
                        WHERE enabled
                            AND :event = ANY (events)
                            AND (CAST(:labels AS jsonb) IS NULL OR labels <@ CAST(:labels AS jsonb))
                        ORDER BY name
                        """)
                .param("event", type.name())
                .param("labels", labels == null ? null : json.writeValueAsString(labels))
                .query((row, number) -> row.getString("name"))
                .list();
    }

    /// The lock waits for somebody who is deleting the webhook: nothing is inserted then, and no
    /// constraint breaks, which would undo the event itself.
    private void insert(String webhook, UUID subject, Message message) {
        Instant at = message.timestamp();
        int inserted = jdbc.sql("""
                        INSERT INTO webhook_delivery (
                            id, webhook_name, event, subject, payload, state, due_at, created_at)
                        SELECT :id, name, :event, :subject, CAST(:payload AS json), 'PENDING',
                            CAST(:at AS timestamptz), CAST(:at AS timestamptz)
                        FROM webhook
                        WHERE name = :webhook
                        FOR KEY SHARE
                        ON CONFLICT (webhook_name, event, subject) DO NOTHING
                        """)
                .param("id", message.id())
                .param("event", message.type().name())
                .param("subject", subject)
                .param("payload", json.writeValueAsString(message))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("webhook", webhook)
                .update();
        if (inserted > 0) {
            events.publishEvent(new DeliveryAdded());
        }
    }

    private static UUID newId() {
        return UuidCreator.getTimeOrderedEpoch();
    }
}
