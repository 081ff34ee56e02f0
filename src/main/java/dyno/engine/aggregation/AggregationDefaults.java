package dyno.engine.aggregation;

import dyno.engine.Given;
import dyno.engine.Machine;
import java.util.LinkedHashMap;
import java.util.Map;

/// Defaults that depend on the machine, on the strategy, or on the scale.
final class AggregationDefaults {

    private static final int MOST_WORKERS = 64;

    private AggregationDefaults() {}

    static Map<String, Object> of(Given given, Machine machine) {
        var defaults = new LinkedHashMap<String, Object>();
        var strategy = Strategy.valueOf(given.text("strategy"));
        long workers = strategy.hasOneThread() ? 1 : Math.min(machine.processors(), MOST_WORKERS);
        defaults.put("workers", workers);
        defaults.put("queueChunks", 2 * (given.has("workers") ? given.integer("workers") : workers));
        if (given.has("input.generate.scale")) {
            scale(Scale.valueOf(given.text("input.generate.scale")).shape(), defaults);
        }
        return defaults;
    }

    private static void scale(Scale.Shape shape, Map<String, Object> defaults) {
        defaults.put("input.generate.pods", (long) shape.pods());
        defaults.put("input.generate.nodes", (long) shape.nodes());
        defaults.put("input.generate.namespaces", (long) shape.namespaces());
        defaults.put("input.generate.days", (long) shape.days());
        defaults.put("input.generate.hoursPerDay", (long) shape.hoursPerDay());
        defaults.put("input.generate.labelCardinality", (long) shape.labelCardinality());
        defaults.put("input.generate.layout", shape.layout().name());
        defaults.put("input.generate.volumes", (long) shape.volumes());
    }
}
