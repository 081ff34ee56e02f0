package dyno.engine.aggregation;

import java.util.List;

/// The texts of a run, numbered by column. Safe for any number of threads.
final class PodNames {

    private static final int NAME = 253;
    private static final int STORAGE_CLASS = 50;

    final Names namespaces = new Names("namespace", NAME);
    final Names nodes = new Names("node", NAME);
    final Names resourceIds = new Names("resource_id", NAME);
    /// Never in the result, so that any length will do.
    final Names pods = new Names("pod", Integer.MAX_VALUE);
    final Names claims = new Names("persistentvolumeclaim", NAME);
    final Names volumes = new Names("persistentvolume", NAME);
    final Names storageClasses = new Names("storageclass", STORAGE_CLASS);
    final Names handles = new Names("csi_volume_handle", NAME);

    /// Forgets all names.
    void clear() {
        for (var names : List.of(namespaces, nodes, resourceIds, pods, claims, volumes, storageClasses, handles)) {
            names.clear();
        }
    }
}
