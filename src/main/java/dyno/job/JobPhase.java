package dyno.job;

import java.util.UUID;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// What the service did for a job, and for how long, for JDK Flight Recorder
/// ([JEP 328](https://openjdk.org/jeps/328)). Costs next to nothing while nobody records.
@Name("dyno.JobPhase")
@Label("Job Phase")
@Category("Dyno")
@Description("What the service did for a job: planned its submission, measured it, stored its end")
@StackTrace(false)
final class JobPhase extends Event {

    enum Phase {
        /// From the body to its cases; the job has no id yet.
        PLAN,
        /// Its forks, with all that is between them.
        MEASURE,
        /// Its end, with its run.
        STORE
    }

    @Label("Phase")
    final String phase;

    @Label("Job")
    final String job;

    @Label("Engine")
    final String engine;

    private JobPhase(Phase phase, String job, String engine) {
        this.phase = phase.name();
        this.job = job;
        this.engine = engine;
    }

    /// Begun now; lasts until it is committed.
    static JobPhase begin(Phase phase, UUID job, String engine) {
        return begun(new JobPhase(phase, job.toString(), engine));
    }

    /// The same for a submission, of which neither job nor engine is known.
    static JobPhase beginPlan() {
        return begun(new JobPhase(Phase.PLAN, "", ""));
    }

    private static JobPhase begun(JobPhase event) {
        event.begin();
        return event;
    }
}
