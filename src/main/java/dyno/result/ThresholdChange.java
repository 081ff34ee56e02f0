package dyno.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import dyno.catalog.EngineCatalog;
import dyno.measurement.Boundary.Rule;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a threshold is to be, see [Threshold].
record ThresholdChange(
        String engine,
        @JsonProperty("case") @Nullable String caseName,
        Map<String, String> labels,
        Rule rule,
        double limit,
        int minSamples,
        int window) {

    /// Engine of results that were not measured here.
    private static final String IMPORTED = "imported";

    private static final int MAX_NAME_CHARACTERS = 2_000;
    private static final int DEFAULT_MIN_SAMPLES = 5;
    private static final int DEFAULT_WINDOW = 30;
    private static final int MAX_WINDOW = 200;
    private static final double MAX_LIMIT = 1_000;

    /// @throws dyno.web.ProblemException with everything that is wrong with the body
    static ThresholdChange read(byte[] body, EngineCatalog catalog) {
        var fields = new BodyFields(body);
        var engine = fields.text("engine", MAX_NAME_CHARACTERS);
        fields.require("engine", engine);
        if (engine != null && !engine.equals(IMPORTED) && catalog.find(engine).isEmpty()) {
            fields.refuse("engine", "there is no engine " + engine);
        }
        var caseName = fields.text("case", MAX_NAME_CHARACTERS);
        var labels = fields.labels("labels");
        var rule = fields.word("rule", Rule.class);
        fields.require("rule", rule);
        // A confidence of 1 has no quantile.
        var limit = fields.number("limit", 0, rule == Rule.T_TEST ? Math.nextDown(1.0) : MAX_LIMIT);
        fields.require("limit", limit);
        int window = Objects.requireNonNullElse(fields.integer("window", 2, MAX_WINDOW), DEFAULT_WINDOW);
        var given = fields.integer("minSamples", 2, MAX_WINDOW);
        int minSamples = Objects.requireNonNullElse(given, Math.min(DEFAULT_MIN_SAMPLES, window));
        if (minSamples > window) {
            fields.refuse("minSamples", "minSamples %d is more than window %d".formatted(minSamples, window));
        }
        fields.check();
        return new ThresholdChange(
                Objects.requireNonNull(engine),
                caseName,
                Objects.requireNonNullElse(labels, Map.of()),
                Objects.requireNonNull(rule),
                Objects.requireNonNull(limit),
                minSamples,
                window);
    }
}
