package dyno.fork;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Strikes out credentials in what a fork says. Immutable.
final class Secrets {

    private static final String STRUCK_OUT = "***";

    private final List<String> values;

    /// Longest first, so that a secret that is part of another leaves nothing of it.
    Secrets(Map<String, String> secrets) {
        this.values = secrets.values().stream()
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
}
