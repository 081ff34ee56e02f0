package dyno.engine.marc;

import dyno.catalog.EngineCatalog;
import dyno.catalog.EngineEntry;
import dyno.engine.Contradictions;
import dyno.engine.Contradictions.Contradiction;
import dyno.engine.Machine;
import dyno.web.Violation;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Binds workloads as clients write them, for tests.
final class Binding {

    static final Machine MACHINE =
            new Machine(4, OptionalInt.of(4), 8L << 30, OptionalLong.empty(), OptionalLong.empty());

    private Binding() {}

    static List<Violation> check(Map<String, Object> tree) {
        return entry().check(tree, "");
    }

    static MarcWorkload bind(Map<String, Object> tree) {
        return entry().bind(tree, MACHINE).workload();
    }

    static List<Contradiction> contradictions(Map<String, Object> tree) {
        return checked(tree).found();
    }

    static List<Contradiction> beyondLimits(Map<String, Object> tree) {
        return checked(tree).beyondLimits();
    }

    private static Contradictions checked(Map<String, Object> tree) {
        var bound = entry().bind(tree, MACHINE);
        var found = new Contradictions();
        new MarcEngine().contradictions(bound.workload(), bound.given(), found);
        return found;
    }

    @SuppressWarnings("unchecked")
    private static EngineEntry<MarcWorkload> entry() {
        return (EngineEntry<MarcWorkload>) new EngineCatalog(List.of(new MarcEngine())).require("marc");
    }
}
