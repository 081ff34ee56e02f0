package dyno.engine.aggregation;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What of each node and day its pods did not use. Used by one thread at a time.
final class UnallocatedRows {

    /// Namespaces that stand for costs that nobody caused: rows of a former run, which do not count again.
    static final Set<String> NOBODY =
            Set.of("Platform unallocated", "Worker unallocated", "Network unattributed", "Storage unattributed");

    private static final Metric[] SUBTRACTED = {
        Metric.CPU_USAGE,
        Metric.CPU_REQUEST,
        Metric.CPU_EFFECTIVE,
        Metric.MEMORY_USAGE,
        Metric.MEMORY_REQUEST,
        Metric.MEMORY_EFFECTIVE
    };

    private final Shared shared;
    private final Lookups lookups;
    private final NodeDays nodeDays;
    private final GroupTable groups;
    private final ResultRows rows;
    private final Set<Integer> withoutRole;

    UnallocatedRows(
            Shared shared,
            Lookups lookups,
            NodeDays nodeDays,
            GroupTable groups,
            ResultRows rows,
            Set<Integer> withoutRole) {
        this.shared = shared;
        this.lookups = lookups;
        this.nodeDays = nodeDays;
        this.groups = groups;
        this.rows = rows;
        this.withoutRole = withoutRole;
    }

    void add() {
        // One group a day and node, of namespaces that are somebody's.
        var nodes = new GroupTable(shared.workload().sums(), shared.names().resourceIds);
        Map<Integer, Boolean> isNobody = new LinkedHashMap<>();
        for (int group = 0; group < groups.size(); group++) {
            int namespace = groups.keys.namespace(group);
            boolean nobody = isNobody.computeIfAbsent(namespace, number -> {
                var name = shared.names().namespaces.string(number);
                return name != null && NOBODY.contains(name);
            });
            if (!nobody) {
                int to = nodes.locate(groups.keys.day(group), groups.keys.node(group), Names.NULL, LabelSets.EMPTY);
                nodes.addGroup(to, groups, group);
            }
        }
        for (int group = 0; group < nodes.size(); group++) {
            add(nodes, group);
        }
    }

    private void add(GroupTable nodes, int group) {
        int day = nodes.keys.day(group);
        int node = nodes.keys.node(group);
        int row = rows.begin(Output.UNALLOCATED, day, namespace(node), LabelSets.EMPTY, Micros.NULL);
        rows.text(row, ResultRows.NODE, node);
        rows.text(row, ResultRows.RESOURCE, nodes.resources[group]);
        new GroupValues(shared, nodes, nodeDays).write(group, day, node, rows, row);
        var capacity = nodeDays.capacity(day, node);
        for (var metric : SUBTRACTED) {
            var whole = capacity == null ? null : metric.isCpu() ? capacity.coreSeconds() : capacity.byteSeconds();
            if (whole != null && nodes.hasValue(group, metric)) {
                rows.decimal(
                        row,
                        metric.index(),
                        rest(nodes, group, metric, whole),
                        GroupValues.describe(shared, nodes, group));
            }
        }
    }

    private BigInteger rest(GroupTable nodes, int group, Metric metric, BigInteger whole) {
        if (shared.workload().sums() == Sums.EXACT) {
            return Micros.wideHours(whole.subtract(nodes.q(group, metric)), metric.shift());
        }
        double unit = 3600 * (double) (1L << metric.shift());
        double used = nodes.doubleSum(group, metric) * (1L << metric.bits());
        return Micros.ofDouble((whole.doubleValue() - used) / unit);
    }

    private int namespace(int node) {
        var role = lookups.roles().get(node);
        var name = role == null
                ? null
                : switch (role) {
                    case "master", "infra" -> "Platform unallocated";
                    case "worker" -> "Worker unallocated";
                    default -> null;
                };
        if (name == null) {
            withoutRole.add(node);
            return Names.NULL;
        }
        return shared.names().namespaces.number(name.getBytes(StandardCharsets.UTF_8));
    }
}
