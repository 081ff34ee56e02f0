package dyno.job;

import dyno.catalog.EngineCatalog;
import dyno.catalog.EngineEntry;
import dyno.engine.Workload;
import dyno.environment.EnvironmentProbe;
import dyno.result.Reruns;
import dyno.result.Run;
import dyno.web.Ids;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Submits a run's job again, as it was submitted: the same cases, interleaved, of both sides where
/// the job has a baseline variant. Safe for any number of threads.
@Component
final class ConfirmingReruns implements Reruns {

    /// Label of each node.
    private static final String FINGERPRINT = "fingerprint";

    private final JobService jobs;
    private final EngineCatalog catalog;
    private final EnvironmentProbe environment;
    private final NodeStore nodes;

    ConfirmingReruns(JobService jobs, EngineCatalog catalog, EnvironmentProbe environment, NodeStore nodes) {
        this.jobs = jobs;
        this.catalog = catalog;
        this.environment = environment;
        this.nodes = nodes;
    }

    @Override
    public boolean isRepeatable(Run run) {
        var job = job(run);
        var entry = catalog.require(job.engine());
        var submitted = object(job.spec().get("workload"));
        return run.cases().stream().allMatch(result -> isRepeatable(entry, Merge.deep(submitted, result.workload())));
    }

    private <W extends Workload> boolean isRepeatable(EngineEntry<W> entry, Map<String, @Nullable Object> given) {
        return entry.engine().isRepeatable(entry.workload(entry.withDefaults(given, environment.machine())));
    }

    @Override
    public UUID rerun(Run run) {
        var job = job(run);
        var spec = new LinkedHashMap<String, @Nullable Object>(job.spec());
        spec.put("workload", workload(job.engine(), object(job.spec().get("workload"))));
        var labels = object(job.spec().get("labels"));
        labels.put(CONFIRMS, run.id().toString());
        var fingerprint = run.environment().fingerprint();
        if (isThere(fingerprint, NodePins.of(run.labels()))) {
            labels.put(NodePins.PREFIX + FINGERPRINT, fingerprint);
        }
        spec.put("labels", labels);
        spec.put("reason", "confirms run " + run.id());
        return jobs.submit(spec, Submission.RERUN).id();
    }

    private Job job(Run run) {
        return Optional.ofNullable(run.jobId())
                .flatMap(jobs::find)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "Run %s has no job that could be measured again".formatted(run.id())));
    }

    @Override
    public Map<UUID, UUID> unfinished() {
        var confirming = new HashMap<UUID, UUID>();
        jobs.unfinishedWith(CONFIRMS).forEach((job, run) -> Ids.parse(run).ifPresent(id -> confirming.put(id, job)));
        return Map.copyOf(confirming);
    }

    private Map<String, @Nullable Object> workload(String engine, Map<String, @Nullable Object> shown) {
        var entry = catalog.require(engine);
        var machine = environment.machine();
        return SparseWorkload.of(shown, given -> entry.withDefaults(given, machine));
    }

    /// Whether a node is at work that has these labels and is like the run's. On another machine a second run
    /// cannot tell; where there is no such node any more, the job waits for nobody in particular.
    private boolean isThere(String fingerprint, Map<String, String> pins) {
        return nodes.all().stream()
                .filter(node -> node.state() == NodeState.State.ACTIVE)
                .map(NodeState::labels)
                .anyMatch(labels -> fingerprint.equals(labels.get(FINGERPRINT))
                        && labels.entrySet().containsAll(pins.entrySet()));
    }

    /// A copy; empty where there is none.
    private static Map<String, @Nullable Object> object(@Nullable Object tree) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        if (tree instanceof Map<?, ?> given) {
            given.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }
}
