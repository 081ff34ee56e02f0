package dyno.environment;

import dyno.environment.Environment.Fact;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Facts in the order in which they were found. Used by one thread at a time.
final class FactSheet {

    private final Map<String, Fact> facts = new LinkedHashMap<>();

    FactSheet put(String name, Object value) {
        facts.put(name, Fact.of(value));
        return this;
    }

    /// @param reason why there is no value, where there is none
    FactSheet put(String name, Optional<?> value, String reason) {
        facts.put(name, value.<Fact>map(Fact::of).orElseGet(() -> Fact.unknown(reason)));
        return this;
    }

    FactSheet count(String name, OptionalInt value, String reason) {
        facts.put(name, value.isPresent() ? Fact.of((long) value.getAsInt()) : Fact.unknown(reason));
        return this;
    }

    FactSheet bytes(String name, OptionalLong value, String reason) {
        facts.put(name, value.isPresent() ? Fact.of(value.getAsLong(), "bytes") : Fact.unknown(reason));
        return this;
    }

    FactSheet measure(String name, OptionalDouble value, String unit, String reason) {
        facts.put(name, value.isPresent() ? Fact.of(value.getAsDouble(), unit) : Fact.unknown(reason));
        return this;
    }

    FactSheet ratio(String name, OptionalDouble value, String reason) {
        facts.put(name, value.isPresent() ? Fact.of(value.getAsDouble()) : Fact.unknown(reason));
        return this;
    }

    FactSheet unknown(String name, String reason) {
        facts.put(name, Fact.unknown(reason));
        return this;
    }

    FactSheet putAll(Map<String, Fact> more) {
        facts.putAll(more);
        return this;
    }

    Map<String, Fact> facts() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
