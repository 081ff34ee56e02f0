package dyno.job;

import dyno.catalog.EngineCatalog;
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

    private final JobService jobs;
    private final EngineCatalog catalog;
    private final EnvironmentProbe environment;

    ConfirmingReruns(JobService jobs, EngineCatalog catalog, EnvironmentProbe environment) {
        this.jobs = jobs;
        this.catalog = catalog;
        this.environment = environment;
    }

    @Override
    public UUID rerun(Run run) {
        var job = Optional.ofNullable(run.jobId())
                .flatMap(jobs::find)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "Run %s has no job that could be measured again".formatted(run.id())));
        var spec = new LinkedHashMap<String, @Nullable Object>(job.spec());
        spec.put("workload", workload(job.engine(), object(job.spec().get("workload"))));
        var labels = object(job.spec().get("labels"));
        labels.put(CONFIRMS, run.id().toString());
        spec.put("labels", labels);
        spec.put("reason", "confirms run " + run.id());
        return jobs.submit(spec, Submission.RERUN).id();
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

    /// A copy; empty where there is none.
    private static Map<String, @Nullable Object> object(@Nullable Object tree) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        if (tree instanceof Map<?, ?> given) {
            given.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }
}
