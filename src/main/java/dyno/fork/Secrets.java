package dyno.fork;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Strikes out credentials in what a fork says. Immutable.
final class Secrets {

    private static final String STRUCK_OUT = "***";

    /// A name of an account lets nobody in, and is often a word of every other sentence: `dyno`, `postgres`.
    private static final String NO_SECRET = ".user";

    private final List<String> values;

    /// Longest first, so that a secret that is part of another leaves nothing of it.
    Secrets(Map<String, String> secrets) {
        this.values = secrets.entrySet().stream()
                .filter(secret -> !secret.getKey().endsWith(NO_SECRET))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    String redact(String text) {
        var redacted = text;
        for (var value : values) {
            redacted = redacted.replace(value, STRUCK_OUT);
        }
        return redacted;
    }

    List<String> redact(List<String> lines) {
        return lines.stream().map(this::redact).toList();
    }

    /// All text in a tree of maps and lists.
    Map<String, Object> redact(Map<String, Object> tree) {
        var redacted = new LinkedHashMap<String, Object>();
        tree.forEach((key, value) -> redacted.put(key, redactValue(value)));
        return redacted;
    }

    private Object redactValue(Object value) {
        return switch (value) {
            case String text -> redact(text);
            case Collection<?> list -> list.stream().map(this::redactValue).toList();
            case Map<?, ?> map -> {
                var redacted = new LinkedHashMap<String, Object>();
                map.forEach((key, nested) -> redacted.put(String.valueOf(key), redactValue(nested)));
                yield redacted;
            }
            default -> value;
        };
    }
}
