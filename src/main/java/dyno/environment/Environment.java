package dyno.environment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The facts a run was taken on.
///
/// @param fingerprint `sha256:` and 64 hex digits over the facts that decide comparability
/// @param facts       by dotted name (`cpu.model`), in a fixed order
public record Environment(String fingerprint, Map<String, Fact> facts) {

    /// One fact.
    ///
    /// @param value  number, string, boolean or list of strings; null where it could not be read
    /// @param unit   `bytes`, `MHz`; null where it has none
    /// @param reason why `value` is null; null otherwise
    public record Fact(
            @Nullable Object value,
            @Nullable String unit,
            @Nullable String reason) {

        public static Fact of(Object value) {
            return new Fact(value, null, null);
        }

        public static Fact of(Object value, String unit) {
            return new Fact(value, unit, null);
        }

        public static Fact unknown(String reason) {
            return new Fact(null, null, reason);
        }
    }

    /// The facts of machine, JVM and build, without those of the moment: load, pressure and steal at a run's
    /// start and end.
    public Map<String, Fact> lastingFacts() {
        var lasting = new LinkedHashMap<>(facts);
        lasting.keySet().removeIf(name -> name.endsWith("Start") || name.endsWith("End"));
        return Collections.unmodifiableMap(lasting);
    }
}
