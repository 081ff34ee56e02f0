package dyno.result;

import dyno.environment.Environment.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A fact that the two sides of a comparison do not share.
///
/// @param fact      dotted name: `kernel`, `workload.threads`, `jvmFlags`
/// @param baseline  null where it is not known or not there
/// @param candidate likewise
record Difference(
        String fact, @Nullable Object baseline, @Nullable Object candidate) {

    /// What facts of workloads begin with.
    static final String WORKLOAD = "workload.";

    /// Facts of machine, JVM and build that differ, without those of the moment.
    static List<Difference> ofEnvironments(Run baseline, Run candidate) {
        return of("", values(baseline), values(candidate));
    }

    private static Map<String, @Nullable Object> values(Run run) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (Map.Entry<String, Fact> fact : run.environment().lastingFacts().entrySet()) {
            values.put(fact.getKey(), fact.getValue().value());
        }
        return values;
    }

    /// Fields of the workloads that differ, nested ones by dotted path.
    static List<Difference> ofWorkloads(CaseResult baseline, CaseResult candidate) {
        return of(WORKLOAD, flat(baseline.workload()), flat(candidate.workload()));
    }

    /// Flags of the measuring JVMs that only one side has, in the order of the alphabet; at most one
    /// difference.
    static List<Difference> ofJvmFlags(CaseResult baseline, CaseResult candidate) {
        var from = flags(baseline);
        var to = flags(candidate);
        if (from.equals(to)) {
            return List.of();
        }
        var onlyFrom = new ArrayList<>(from);
        onlyFrom.removeAll(to);
        var onlyTo = new ArrayList<>(to);
        onlyTo.removeAll(from);
        return List.of(new Difference("jvmFlags", onlyFrom, onlyTo));
    }

    private static List<String> flags(CaseResult result) {
        var forks = result.forks();
        return forks == null || forks.isEmpty()
                ? List.of()
                : forks.getFirst().jvmFlags().stream().sorted().toList();
    }

    private static List<Difference> of(
            String prefix, Map<String, @Nullable Object> baseline, Map<String, @Nullable Object> candidate) {
        var names = new LinkedHashSet<>(baseline.keySet());
        names.addAll(candidate.keySet());
        return names.stream()
                .filter(name -> !isEqual(baseline.get(name), candidate.get(name)))
                .map(name -> new Difference(prefix + name, baseline.get(name), candidate.get(name)))
                .toList();
    }

    /// 1 and 1.0 are the same number, as JSON has it.
    private static boolean isEqual(@Nullable Object a, @Nullable Object b) {
        return Objects.equals(a, b)
                || (a instanceof Number x
                        && b instanceof Number y
                        && Double.compare(x.doubleValue(), y.doubleValue()) == 0);
    }

    private static Map<String, @Nullable Object> flat(Map<String, @Nullable Object> tree) {
        var flat = new TreeMap<String, @Nullable Object>();
        flatten("", tree, flat);
        return flat;
    }

    private static void flatten(String path, Map<?, ?> tree, Map<String, @Nullable Object> flat) {
        tree.forEach((key, value) -> {
            if (value instanceof Map<?, ?> nested) {
                flatten(path + key + ".", nested, flat);
            } else if (value != null) {
                flat.put(path + key, value);
            }
        });
    }
}
