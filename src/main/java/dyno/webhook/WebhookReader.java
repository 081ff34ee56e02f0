package dyno.webhook;

import dyno.job.Faults;
import dyno.job.Fields;
import dyno.web.Pointer;
import dyno.web.ProblemException;
import dyno.web.Shown;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final int MAX_LABELS = 32;
    private static final int MAX_PORT = 65_535;

    private final AllowedHosts hosts;

    WebhookReader(AllowedHosts hosts) {
        this.hosts = hosts;
    }

    /// @param name that the address gives; null where the body has to
    /// @throws ProblemException with everything that is wrong; `host-not-allowed` where that is all
    Webhook read(@Nullable Object body, @Nullable String name) {
        var faults = new Faults();
        var fields = Fields.ofBody(withoutNulls(body), faults);
        var readName = name(fields, name, faults);
        fields.require("url");
        var url = url(fields, faults);
        var events = events(fields, faults);
        var labels = labels(fields, faults);
        boolean enabled = Objects.requireNonNullElse(fields.flag("enabled"), true);
        fields.end();
        faults.throwIfAny();
        var checked = Objects.requireNonNull(url);
        hosts.require(checked);
        return new Webhook(readName, checked, events, labels, enabled);
    }

    private static @Nullable Object withoutNulls(@Nullable Object body) {
        if (!(body instanceof Map<?, ?> given)) {
            return body;
        }
        var members = new LinkedHashMap<Object, Object>();
        given.forEach((name, value) -> {
            if (name != null && value != null) {
                members.put(name, value);
            }
        });
        return members;
    }

    private static String name(Fields fields, @Nullable String given, Faults faults) {
        if (given == null) {
            fields.require("name");
        }
        var name = fields.text("name", NAME);
        if (given == null) {
            return Objects.requireNonNullElse(name, "");
        }
        if (!NAME.matcher(given).matches()) {
            faults.add(Pointer.ROOT, "the name %s does not match %s".formatted(Shown.value(given), NAME));
        } else if (name != null && !name.equals(given)) {
            faults.add(fields.pointer("name"), "'name' is '%s', and the address says '%s'".formatted(name, given));
        }
        return given;
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
            var word = given.get(i);
            var event = EventType.CHOICES.stream()
                    .filter(choice -> choice.name().equals(word))
                    .findFirst();
            if (event.isEmpty()) {
                faults.add(
                        Pointer.element(pointer, i),
                        "one of %s is expected, not %s".formatted(EventType.CHOICES, Shown.value(word)));
            } else if (events.contains(event.get())) {
                faults.add(Pointer.element(pointer, i), word + " is there twice");
            } else {
                events.add(event.get());
            }
        }
        return List.copyOf(events);
    }

    private static Map<String, String> labels(Fields fields, Faults faults) {
        var labels = new LinkedHashMap<String, String>();
        var given = fields.object("labels");
        given.forEach((key, value) -> {
            if (value instanceof String text) {
                labels.put(key, text);
            } else {
                faults.add(
                        Pointer.member(fields.pointer("labels"), key),
                        "label %s has to be a string, not %s".formatted(Shown.name(key), Shown.value(value)));
            }
        });
        if (given.size() > MAX_LABELS) {
            faults.add(
                    fields.pointer("labels"),
                    "'labels' has %d members, more than %d".formatted(given.size(), MAX_LABELS));
        }
        return Map.copyOf(labels);
    }
}
