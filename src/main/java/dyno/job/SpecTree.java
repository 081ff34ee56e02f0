package dyno.job;

import dyno.job.JobSpec.Variant;
import dyno.measurement.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A submission as it is shown again: what the client gave, with the defaults filled in. Submitting it once more
/// gives the same job.
final class SpecTree {

    private SpecTree() {}

    /// @param workload the job's workload with what can be filled in of its defaults
    static Map<String, @Nullable Object> of(
            JobSpec spec, Map<String, @Nullable Object> workload, Plan plan, long estimatedSeconds) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        int timeout = Objects.requireNonNullElse(spec.timeoutSeconds(), JobEstimate.timeoutSeconds(estimatedSeconds));
        tree.put("engine", spec.engine());
        tree.put("workload", workload);
        if (!spec.variants().isEmpty()) {
            tree.put("variants", spec.variants().stream().map(SpecTree::variant).toList());
        }
        if (spec.baseline() != null) {
            tree.put("baseline", spec.baseline());
        }
        if (!spec.matrix().isEmpty()) {
            tree.put("matrix", spec.matrix());
        }
        tree.put("plan", plan(plan));
        tree.put("timeoutSeconds", (long) timeout);
        tree.put("caseTimeoutSeconds", (long) Objects.requireNonNullElse(spec.caseTimeoutSeconds(), timeout));
        tree.put("priority", (long) spec.priority());
        tree.put("labels", spec.labels());
        if (spec.reason() != null) {
            tree.put("reason", spec.reason());
        }
        return tree;
    }

    private static Map<String, Object> variant(Variant variant) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", variant.name());
        tree.put("workload", variant.workload());
        tree.put("mayFail", variant.mayFail().stream().map(Enum::name).toList());
        return tree;
    }

    private static Map<String, Object> plan(Plan plan) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("mode", plan.mode().name());
        tree.put("forks", (long) plan.forks());
        tree.put("warmupIterations", (long) plan.warmupIterations());
        tree.put("iterations", (long) plan.iterations());
        tree.put("minIterationMillis", (long) plan.minIterationMillis());
        tree.put("profile", plan.profile().name());
        return tree;
    }
}
