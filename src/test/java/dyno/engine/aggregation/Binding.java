package dyno.engine.aggregation;

import dyno.catalog.BoundWorkload;
import dyno.catalog.EngineCatalog;
import dyno.catalog.EngineEntry;
import dyno.engine.Contradictions;
import dyno.engine.Contradictions.Contradiction;
import dyno.engine.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Binds workloads as clients write them, for tests.
final class Binding {

    static final Machine MACHINE =
            new Machine(2, OptionalInt.of(2), 8L << 30, OptionalLong.empty(), OptionalLong.empty());

    private Binding() {}

    static AggregationWorkload bind(Map<String, Object> tree) {
        return bound(tree).workload();
    }

    static BoundWorkload<AggregationWorkload> bound(Map<String, Object> tree) {
        return entry().bind(new LinkedHashMap<>(tree), MACHINE);
    }

    /// Generated input and further fields.
    static AggregationWorkload generated(Map<String, Object> generate, Map<String, Object> fields) {
        var tree = new LinkedHashMap<String, Object>(fields);
        tree.put("input", Map.of("generate", generate));
        return bind(tree);
    }

    static List<Contradiction> contradictions(Map<String, Object> tree) {
        var bound = bound(tree);
        var found = new Contradictions();
        new AggregationEngine().contradictions(bound.workload(), bound.given(), found);
        return found.found();
    }

    @SuppressWarnings("unchecked")
    static EngineEntry<AggregationWorkload> entry() {
        return (EngineEntry<AggregationWorkload>)
                new EngineCatalog(List.of(new AggregationEngine())).require("aggregation");
    }
}
