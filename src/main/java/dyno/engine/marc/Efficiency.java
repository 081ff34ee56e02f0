package dyno.engine.marc;

import dyno.engine.JobCase;
import dyno.engine.marc.MarcWorkload.Strategy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Relates parallel cases of a job to the sequential one that does the same: speed-up, and what part of it the
/// threads could have given on the cores there are.
final class Efficiency {

    private final MarcEngine engine;
    private final List<JobCase<MarcWorkload>> cases;

    Efficiency(MarcEngine engine, List<JobCase<MarcWorkload>> cases) {
        this.engine = engine;
        this.cases = cases;
    }

    void relate() {
        Map<String, Double> sequential = new HashMap<>();
        for (var c : cases) {
            if (c.workload().strategy() == Strategy.SEQUENTIAL && c.score() != null) {
                sequential.put(key(c.workload()), c.score());
            }
        }
        for (var c : cases) {
            if (c.workload().strategy() != Strategy.SEQUENTIAL && c.score() != null) {
                relate(c, c.score(), sequential.get(key(c.workload())));
            }
        }
    }

    private static void relate(
            JobCase<MarcWorkload> parallel, double score, @org.jspecify.annotations.Nullable Double baseline) {
        if (baseline == null) {
            parallel.metrics().absent("speedup", "NO_SEQUENTIAL_CASE").absent("efficiency", "NO_SEQUENTIAL_CASE");
        } else if (parallel.metrics().values().get("cores") instanceof Number cores) {
            double speedup = score / baseline;
            parallel.metrics()
                    .put("speedup", speedup)
                    .put("efficiency", speedup / Math.min(parallel.workload().threads(), cores.intValue()));
        } else {
            parallel.metrics().absent("efficiency", "CORES_UNKNOWN");
        }
    }

    /// Cases with the same key do the same work from and to the same place.
    private String key(MarcWorkload workload) {
        return engine.agreementKey(workload).orElseThrow() + '|' + workload.source() + '|' + workload.sink();
    }
}
