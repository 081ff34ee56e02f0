package dyno.job;

import dyno.engine.Estimate;
import dyno.measurement.Plan;
import dyno.measurement.Plan.Mode;

/// What a fork will take, from what its engine says of the case.
///
/// ```text
/// fork seconds  = JVM start + prepare + (warm-up iterations + iterations) × max(shortest iteration, invocation)
/// job seconds   = Σ cases of forks × fork seconds, rounded up (a profile is a fork more)
/// job timeout   = max(900, 3 × job seconds), at most the 86,400 that a client could ask for
/// ```
///
/// Memory is as [dyno.fork.ForkMemory] says.
final class JobEstimate {

    /// Starting a JVM, loading the engine and reporting; measured at 0.4 to 0.8 s where forks are small.
    private static final double FORK_START_SECONDS = 0.6;

    private static final long MIN_TIMEOUT_SECONDS = 900;
    private static final long MAX_TIMEOUT_SECONDS = 86_400;

    private JobEstimate() {}

    static double forkSeconds(Estimate estimate, Plan plan) {
        double start = plan.mode() == Mode.MEASURE ? FORK_START_SECONDS : 0;
        double iteration = Math.max(plan.minIterationMillis() / 1e3, estimate.secondsPerInvocation());
        return start + estimate.prepareSeconds() + (plan.warmupIterations() + plan.iterations()) * iteration;
    }

    /// Those of a case, its profile's included.
    static int forks(Plan plan) {
        return switch (plan.profile()) {
            case NONE -> plan.forks();
            case JFR -> plan.forks() + 1;
        };
    }

    static int timeoutSeconds(long estimatedSeconds) {
        long wanted = Math.max(MIN_TIMEOUT_SECONDS, 3 * Math.min(estimatedSeconds, MAX_TIMEOUT_SECONDS));
        return Math.toIntExact(Math.min(wanted, MAX_TIMEOUT_SECONDS));
    }
}
