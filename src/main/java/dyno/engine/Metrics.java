package dyno.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Named figures of a case: numbers, true or false, short strings, or null with a reason beside it
/// (`shareOfZero: null, shareOfZeroReason: NO_ZERO_CASE`). Keeps the order in which they were put.
///
/// Used by one thread at a time.
public final class Metrics {

    /// Longest string that is a metric; anything longer belongs to `details`.
    private static final int MAX_TEXT = 128;

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    public Metrics put(String name, long value) {
        return set(name, value);
    }

    /// A value that is not finite becomes null with the reason `NOT_FINITE`: JSON has no word for it.
    public Metrics put(String name, double value) {
        return Double.isFinite(value) ? set(name, value) : absent(name, "NOT_FINITE");
    }

    public Metrics put(String name, boolean value) {
        return set(name, value);
    }

    /// @throws IllegalArgumentException for more than 128 characters
    public Metrics put(String name, String value) {
        if (value.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "Metric %s has %d characters, more than %d".formatted(name, value.length(), MAX_TEXT));
        }
        return set(name, value);
    }

    /// The figure could not be had.
    ///
    /// @param reason upper-case word from a documented set
    public Metrics absent(String name, String reason) {
        values.put(name, null);
        values.put(name + "Reason", reason);
        return this;
    }

    private Metrics set(String name, Object value) {
        values.remove(name + "Reason");
        values.put(name, value);
        return this;
    }

    /// An unmodifiable view in the order of insertion.
    public Map<String, @Nullable Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
