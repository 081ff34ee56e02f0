package dyno.engine.grouping;

import dyno.engine.Verification.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks by name, each with the first thing that was found against it. Used by one thread at a time.
final class Findings {

    private final Map<String, @Nullable String> found = new LinkedHashMap<>();

    /// The check is made from here on.
    void begin(String check) {
        found.putIfAbsent(check, null);
    }

    /// @param detail where, and both values
    void fail(String check, String detail) {
        if (found.get(check) == null) {
            found.put(check, detail);
        }
    }

    /// Fails where the values differ.
    void equal(String check, String what, Object expected, Object actual) {
        begin(check);
        if (!expected.equals(actual)) {
            fail(check, "%s is %s, expected %s".formatted(what, actual, expected));
        }
    }

    List<Check> checks() {
        return found.entrySet().stream()
                .map(entry -> Check.of(entry.getKey(), entry.getValue()))
                .toList();
    }
}
