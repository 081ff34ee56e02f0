package dyno.engine.grouping;

import dyno.engine.JobCase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What only the whole job knows: whether files are the same bytes whatever made them.
final class CaseRelations {

    private static final String DIGEST = "filesDigest";

    private final List<JobCase<GroupingWorkload>> cases;

    CaseRelations(List<JobCase<GroupingWorkload>> cases) {
        this.cases = cases;
    }

    void relate() {
        var byContent = new HashMap<String, Set<String>>();
        var strategies = new HashMap<String, Set<String>>();
        for (var one : cases) {
            if (one.metrics().values().get(DIGEST) instanceof String digest) {
                byContent.computeIfAbsent(key(one), key -> new HashSet<>()).add(digest);
                strategies
                        .computeIfAbsent(key(one), key -> new HashSet<>())
                        .add(one.workload().strategy() + "/" + one.workload().workers());
            }
        }
        for (var one : cases) {
            boolean hasPeer = strategies.getOrDefault(key(one), Set.of()).size() > 1;
            if (hasPeer && one.metrics().values().get(DIGEST) instanceof String) {
                one.metrics()
                        .put(
                                "sameFilesAnyStrategyAndWorkers",
                                byContent.getOrDefault(key(one), Set.of()).size() == 1);
            }
        }
    }

    /// What files depend on.
    private static String key(JobCase<GroupingWorkload> one) {
        var w = one.workload();
        var generate = w.input().generate();
        var input = generate == null
                ? w.input().dataset()
                : "%d|%d|%s|%d|%s"
                        .formatted(
                                generate.measurements(),
                                generate.probes(),
                                generate.skew(),
                                generate.seed(),
                                generate.rowOrder());
        return String.join(
                "|",
                String.valueOf(input),
                w.split().name(),
                String.valueOf(w.trainRatio()),
                String.valueOf(w.maxRowBytes()),
                String.valueOf(w.groupSize()),
                w.compression().name(),
                String.valueOf(w.compressionLevel()),
                String.valueOf(w.sampleKeys()));
    }
}
