package dyno.webhook;

import dyno.job.Faults;
import dyno.job.Fields;
import dyno.web.Pointer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads webhooks from bodies, and lists everything that is wrong. Immutable.
final class WebhookReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int MAX_URL_CHARACTERS = 2_000;
    private static final int MAX_PORT = 65_535;

    private final AllowedHosts hosts;

    WebhookReader(AllowedHosts hosts) {
        this.hosts = hosts;
    }

    /// @param name that the address gives; null where the body has to
    /// @throws ProblemException with everything that is wrong; `host-not-allowed` where that is all
    Webhook read(@Nullable Object body, @Nullable String name) {
        var faults = new Faults();
        var fields = Fields.ofShownBody(body, faults);
        var readName = fields.name(name, NAME);
        fields.require("url");
        var url = url(fields, faults);
        var events = events(fields, faults);
        var labels = fields.labels();
        boolean enabled = Objects.requireNonNullElse(fields.flag("enabled"), true);
        fields.end();
        faults.throwIfAny();
        var checked = Objects.requireNonNull(url);
        hosts.require(checked);
        return new Webhook(readName, checked, events, labels, enabled);
    }

    private static @Nullable URI url(Fields fields, Faults faults) {
        var text = fields.text("url", MAX_URL_CHARACTERS);
        if (text == null) {
            return null;
        }
        try {
            var url = new URI(text);
            var fault = fault(url);
            fault.ifPresent(found -> faults.add(fields.pointer("url"), "'url' " + found));
            return fault.isEmpty() ? url : null;
        } catch (URISyntaxException e) {
            faults.add(fields.pointer("url"), "'url' is no URL: " + e.getReason());
            return null;
        }
    }

    /// The URL itself stays out of the messages: its owner may have hidden a token in it.
    private static Optional<String> fault(URI url) {
        if (url.getScheme() == null || !SCHEMES.contains(url.getScheme())) {
            return Optional.of("has to begin with http:// or https://");
        }
        if (url.getHost() == null) {
            return Optional.of("has no host");
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("holds a user, which is not sent");
        }
        if (url.getRawFragment() != null) {
            return Optional.of("holds a fragment, which is not sent");
        }
        return url.getPort() == 0 || url.getPort() > MAX_PORT
                ? Optional.of("has port %d, not one from 1 to %d".formatted(url.getPort(), MAX_PORT))
                : Optional.empty();
    }

    /// All there are where none is named.
    private static List<EventType> events(Fields fields, Faults faults) {
        if (!fields.has("events")) {
            return EventType.CHOICES;
        }
        var pointer = fields.pointer("events");
        if (!(fields.take("events") instanceof List<?> given) || given.isEmpty()) {
            faults.add(pointer, "'events' has to be a list of some of " + EventType.CHOICES);
            return List.of();
        }
        var events = new ArrayList<EventType>();
        for (int i = 0; i < given.size(); i++) {
            var place = Pointer.element(pointer, i);
            var event = Fields.word(given.get(i), EventType.CHOICES, place, faults);
            if (events.contains(event)) {
                faults.add(place, event + " is there twice");
            } else if (event != null) {
                events.add(event);
            }
        }
        return List.copyOf(events);
    }
}
