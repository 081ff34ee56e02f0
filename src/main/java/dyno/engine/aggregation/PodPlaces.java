package dyno.engine.aggregation;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// On which nodes the pods of claims were, by day. Used by one thread at a time; those of several threads are merged.
///
/// Only pods that the storage table names are kept, so that memory follows the storage rows.
final class PodPlaces {

    /// A pod on a day.
    record Pod(int day, int pod, int namespace) {}

    /// A node and resource id of it.
    record Place(int node, int resource) {}

    private final Set<Integer> pods;
    private final Map<Pod, Set<Place>> places = new HashMap<>();

    /// @param pods numbers of the pods to watch
    PodPlaces(Collection<Integer> pods) {
        this.pods = new HashSet<>(pods);
    }

    boolean isEmpty() {
        return pods.isEmpty();
    }

    /// A null pod or namespace joins nothing.
    void add(int day, int pod, int namespace, int node, int resource) {
        if (pod >= 0 && namespace >= 0 && pods.contains(pod)) {
            places.computeIfAbsent(new Pod(day, pod, namespace), key -> new LinkedHashSet<>())
                    .add(new Place(node, resource));
        }
    }

    Set<Place> of(Pod pod) {
        return places.getOrDefault(pod, Set.of());
    }

    void merge(PodPlaces other) {
        other.places.forEach((pod, found) ->
                places.computeIfAbsent(pod, key -> new LinkedHashSet<>()).addAll(found));
    }
}
