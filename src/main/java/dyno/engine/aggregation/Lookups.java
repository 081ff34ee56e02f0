package dyno.engine.aggregation;

import java.util.Map;
import java.util.Objects;

/// What the small tables said, complete before the first pod row is looked at. Safe for any number of threads.
///
/// @param nodeLabels      set by [DatedLabels#key] of day and node
/// @param namespaceLabels set by day and namespace
/// @param roles           a node's bytewise greatest role, by number
/// @param labelConflicts  days and nodes, or namespaces, with more than one set
record Lookups(
        Map<Long, Integer> nodeLabels,
        Map<Long, Integer> namespaceLabels,
        Map<Integer, String> roles,
        long labelConflicts) {

    int nodeSet(int day, int node) {
        return node == Names.NULL
                ? LabelSets.EMPTY
                : Objects.requireNonNullElse(nodeLabels.get(DatedLabels.key(day, node)), LabelSets.EMPTY);
    }

    int namespaceSet(int day, int namespace) {
        return namespace == Names.NULL
                ? LabelSets.EMPTY
                : Objects.requireNonNullElse(namespaceLabels.get(DatedLabels.key(day, namespace)), LabelSets.EMPTY);
    }
}
