package dyno.engine.aggregation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The tables of the input. They are recognised by their columns, not by their names.
enum Table {
    POD_USAGE(
            "openshift_pod_usage_line_items",
            "pod_usage_cpu_core_seconds",
            List.of(
                    "interval_start",
                    "namespace",
                    "node",
                    "pod_labels",
                    "pod_usage_cpu_core_seconds",
                    "pod_request_cpu_core_seconds",
                    "pod_limit_cpu_core_seconds",
                    "pod_usage_memory_byte_seconds",
                    "pod_request_memory_byte_seconds",
                    "pod_limit_memory_byte_seconds",
                    "node_capacity_cpu_core_seconds",
                    "node_capacity_memory_byte_seconds")),
    NODE_LABELS("openshift_node_labels_line_items", "node_labels", List.of("interval_start", "node", "node_labels")),
    NAMESPACE_LABELS(
            "openshift_namespace_labels_line_items",
            "namespace_labels",
            List.of("interval_start", "namespace", "namespace_labels")),
    STORAGE(
            "openshift_storage_usage_line_items_daily",
            "persistentvolumeclaim_usage_byte_seconds",
            List.of(
                    "interval_start",
                    "namespace",
                    "pod",
                    "persistentvolumeclaim",
                    "persistentvolume",
                    "storageclass",
                    "persistentvolumeclaim_capacity_bytes",
                    "persistentvolumeclaim_capacity_byte_seconds",
                    "volume_request_storage_byte_seconds",
                    "persistentvolumeclaim_usage_byte_seconds",
                    "persistentvolume_labels",
                    "persistentvolumeclaim_labels")),
    NODES("openshift_nodes", "node_role", List.of("node", "node_role"));

    private final String folder;
    private final String mark;
    // Made by List.of.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> required;

    Table(String folder, String mark, List<String> required) {
        this.folder = folder;
        this.mark = mark;
        this.required = required;
    }

    /// Its name in the layout of generated input.
    String folder() {
        return folder;
    }

    List<String> required() {
        return required;
    }

    /// The columns that it may have and that are looked at.
    List<String> columns() {
        var columns = new ArrayList<>(required);
        columns.addAll(
                switch (this) {
                    case POD_USAGE ->
                        List.of(
                                "pod",
                                "resource_id",
                                "node_capacity_cpu_cores",
                                "node_capacity_memory_bytes",
                                "pod_effective_usage_cpu_core_seconds",
                                "pod_effective_usage_memory_byte_seconds");
                    case STORAGE -> List.of("csi_volume_handle");
                    case NODES -> List.of("resource_id");
                    case NODE_LABELS, NAMESPACE_LABELS -> List.of();
                });
        return columns;
    }

    /// Whether a column of any table holds numbers: amounts, and amounts over time.
    static boolean isNumber(String column) {
        return column.endsWith("_seconds") || column.endsWith("_bytes") || column.endsWith("_cores");
    }

    /// The required columns that are not among `columns`.
    List<String> missing(Set<String> columns) {
        var missing = new ArrayList<>(required);
        missing.removeAll(columns);
        return missing;
    }

    /// The table that has a column by which it is known; empty for others. Pod usage comes first, since its rows may
    /// carry a node's role.
    static Optional<Table> of(Set<String> columns) {
        for (var table : values()) {
            if (columns.contains(table.mark) && (table != NODES || !columns.contains("pod"))) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }
}
