package dyno.job;

import dyno.result.Reruns;
import dyno.result.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Submits a run's job again, as it was submitted: the same cases, interleaved, of both sides where the job has a
/// baseline variant. Safe for any number of threads.
@Component
final class ConfirmingReruns implements Reruns {

    private final JobService jobs;

    ConfirmingReruns(JobService jobs) {
        this.jobs = jobs;
    }

    @Override
    public UUID rerun(Run run) {
        var spec = new LinkedHashMap<String, @Nullable Object>(jobs.require(run.jobId()).spec());
        var labels = new LinkedHashMap<String, @Nullable Object>();
        if (spec.get("labels") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> labels.put(String.valueOf(key), value));
        }
        labels.put(CONFIRMS, run.id().toString());
        spec.put("labels", labels);
        spec.put("reason", "confirms run " + run.id());
        return jobs.submit(spec, Submission.RERUN).id();
    }
}
