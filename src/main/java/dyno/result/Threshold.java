package dyno.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import dyno.measurement.Boundary;
import dyno.measurement.Boundary.Rule;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much worse than its history a case's next score may be.
///
/// @param caseName   null: each case of the engine
/// @param labels     that runs carry, those of the history too
/// @param limit      see [Rule]
/// @param minSamples fewer points of history decide nothing
/// @param window     the newest points that count
record Threshold(
        String name,
        String engine,
        @JsonProperty("case") @Nullable String caseName,
        Map<String, String> labels,
        Rule rule,
        double limit,
        int minSamples,
        int window,
        Instant createdAt,
        Instant updatedAt) {

    boolean concerns(String name) {
        return caseName == null || caseName.equals(name);
    }

    Boundary boundary() {
        return new Boundary(rule, limit);
    }
}
