package dyno.engine.generator;

import dyno.engine.generator.ChunkFiller.Sharing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/// Which processor each worker of a case is tied to, and which really were. Safe for any number of workers.
final class Placement {

    private final int nodes;
    private final List<Integer> cpus;
    private final IntFunction<Optional<String>> pin;
    private final Set<Integer> pinned = ConcurrentHashMap.newKeySet();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();

    /// @param nodes nodes with allowed processors
    /// @param cpus  to be given to workers in this order; empty where nobody is pinned
    /// @param pin   ties the calling thread to a processor, or says why not
    private Placement(int nodes, List<Integer> cpus, IntFunction<Optional<String>> pin) {
        this.nodes = nodes;
        this.cpus = cpus;
        this.pin = pin;
    }

    /// For this machine.
    static Placement of(Numa numa) {
        return of(numa, NumaTopology.read(Path.of("/")), Affinity::pinTo);
    }

    static Placement of(Numa numa, NumaTopology topology, IntFunction<Optional<String>> pin) {
        int nodes = topology.nodes().size();
        boolean wanted = switch (numa) {
            case AUTO -> nodes > 1;
            case FORCE -> true;
            case DISABLED -> false;
        };
        var placement = new Placement(nodes, wanted ? topology.roundRobin() : List.of(), pin);
        if (wanted && nodes == 0) {
            placement.refusals.add("the platform shows no memory nodes");
        }
        return placement;
    }

    boolean isPinning() {
        return !cpus.isEmpty();
    }

    /// Pinned workers keep to a share of their own, so that they meet the pages they touched first.
    Sharing sharing() {
        return isPinning() ? Sharing.FIXED : Sharing.FIRST_COME;
    }

    int nodes() {
        return nodes;
    }

    /// Workers that are tied to a processor, each to one of its own.
    int threadsPinned() {
        return pinned.size();
    }

    /// Why not every worker is pinned that should be; empty where nothing stood in the way.
    Set<String> refusals() {
        return new TreeSet<>(refusals);
    }

    /// Ties the calling thread, worker number `index` of the case, to its processor.
    void place(int index) {
        if (!isPinning()) {
            return;
        }
        if (index >= cpus.size()) {
            refusals.add("there are more workers than the %d allowed processors".formatted(cpus.size()));
            return;
        }
        int cpu = cpus.get(index);
        pin.apply(cpu).ifPresentOrElse(refusals::add, () -> pinned.add(cpu));
    }
}
