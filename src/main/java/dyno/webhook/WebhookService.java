package dyno.webhook;

import dyno.web.Cursor;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Shown;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

/// Keeps webhooks and shows what was sent to them. Safe for any number of threads.
public final class WebhookService {

    private final WebhookStore webhooks;
    private final DeliveryStore deliveries;
    private final Outbox outbox;
    private final WebhookReader reader;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;
    private final SecureRandom random = new SecureRandom();

    /// What the service keeps, and how it is read.
    record Parts(WebhookStore webhooks, DeliveryStore deliveries, Outbox outbox, WebhookReader reader) {}

    WebhookService(Parts parts, InstantSource clock, ApplicationEventPublisher events) {
        this.webhooks = parts.webhooks();
        this.deliveries = parts.deliveries();
        this.outbox = parts.outbox();
        this.reader = parts.reader();
        this.clock = clock;
        this.events = events;
    }

    /// Deliveries that wait for a try or for an answer, of all nodes.
    public long waiting() {
        return deliveries.waiting();
    }

    List<WebhookView> all() {
        return webhooks.all();
    }

    /// @throws ProblemException `not-found`
    WebhookView require(String name) {
        return webhooks.find(name).orElseThrow(() -> missing(name));
    }

    /// @return with its secret
    /// @throws ProblemException with everything that is wrong; `host-not-allowed`, `name-taken`
    WebhookView create(@Nullable Object body) {
        var webhook = reader.read(body, null);
        var secret = Secret.random(random);
        if (!webhooks.add(webhook, secret, clock.instant())) {
            throw new ProblemException(
                    ProblemCode.NAME_TAKEN, "There is a webhook '%s' already".formatted(webhook.name()));
        }
        return require(webhook.name()).with(secret);
    }

    /// Makes the webhook what the body says, or makes it.
    ///
    /// @return with its secret where it is new
    /// @throws ProblemException with everything that is wrong; `host-not-allowed`
    WebhookView put(String name, @Nullable Object body) {
        var webhook = reader.read(body, name);
        var secret = Secret.random(random);
        boolean isNew = !webhooks.replace(webhook, clock.instant()) && webhooks.add(webhook, secret, clock.instant());
        return isNew ? require(name).with(secret) : require(name);
    }

    /// @throws ProblemException `not-found`
    void remove(String name) {
        if (!webhooks.remove(name)) {
            throw missing(name);
        }
    }

    /// Signs with a new secret from now on.
    ///
    /// @return with the secret
    /// @throws ProblemException `not-found`
    WebhookView rotate(String name) {
        var secret = Secret.random(random);
        if (!webhooks.rotate(name, secret, clock.instant())) {
            throw missing(name);
        }
        return require(name).with(secret);
    }

    /// @return a delivery that is on its way, even where the webhook is not enabled
    /// @throws ProblemException `not-found`
    Delivery ping(String name) {
        require(name);
        return require(name, outbox.addPing(name));
    }

    /// Newest first, one more than was asked for where there is one.
    ///
    /// @throws ProblemException `not-found`
    List<Delivery> deliveries(String name, Delivery.@Nullable State state, int limit, @Nullable Cursor after) {
        require(name);
        return deliveries.list(name, state, limit, after);
    }

    /// @throws ProblemException `not-found`
    Delivery redeliver(String name, UUID id) {
        if (deliveries.redeliver(name, id, clock.instant())) {
            events.publishEvent(new DeliveryAdded());
        }
        return require(name, id);
    }

    private Delivery require(String name, UUID id) {
        return deliveries
                .find(name, id)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND,
                        "There is no delivery %s of a webhook %s".formatted(id, Shown.value(name))));
    }

    private static ProblemException missing(String name) {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no webhook " + Shown.value(name));
    }
}
