package dyno.engine.etl;

import dyno.catalog.EngineCatalog;
import dyno.catalog.EngineEntry;
import dyno.engine.Cancellation;
import dyno.engine.Contradictions;
import dyno.engine.Contradictions.Contradiction;
import dyno.engine.Machine;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import dyno.web.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Workloads as clients write them, for tests.
final class Workloads {

    static final Machine MACHINE =
            new Machine(2, OptionalInt.of(2), 8L << 30, OptionalLong.empty(), OptionalLong.empty());

    private Workloads() {}

    /// Fields and values by turns.
    static Map<String, Object> tree(Object... fields) {
        var tree = new HashMap<String, Object>();
        for (int i = 0; i < fields.length; i += 2) {
            var value = fields[i + 1] instanceof Integer number ? Long.valueOf(number) : fields[i + 1];
            tree.put((String) fields[i], value);
        }
        return tree;
    }

    static EtlWorkload of(Object... fields) {
        return entry().bind(tree(fields), MACHINE).workload();
    }

    static List<Violation> check(Object... fields) {
        return entry().check(tree(fields), "/workload");
    }

    static List<Contradiction> contradictions(Object... fields) {
        var bound = entry().bind(tree(fields), MACHINE);
        var found = new Contradictions();
        new EtlEngine().contradictions(bound.workload(), bound.given(), found);
        return found.found();
    }

    static TrialContext context(Path scratch, Depth depth) {
        return context(scratch, depth, Cancellation.NONE);
    }

    static TrialContext context(Path scratch, Depth depth, Cancellation cancellation) {
        return new TrialContext(scratch, scratch, MACHINE, cancellation, 0, depth, Map.of());
    }

    static Trial trial(Path scratch, EtlWorkload workload) throws IOException, InterruptedException {
        return new EtlEngine().prepare(workload, context(scratch, Depth.FULL));
    }

    @SuppressWarnings("unchecked")
    private static EngineEntry<EtlWorkload> entry() {
        return (EngineEntry<EtlWorkload>) new EngineCatalog(List.of(new EtlEngine())).require("etl");
    }
}
