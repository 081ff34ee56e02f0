package dyno.engine.aggregation;

/// Which node and namespace a pod is on.
public enum PodLayout {
    /// Round robin over nodes, then namespaces.
    SPREAD,
    /// Nodes are filled one after the other; a node has one namespace.
    PACKED
}
