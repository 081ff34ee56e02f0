package dyno.measurement;

import java.util.Objects;

/// How to measure each case of a job.
///
/// @param mode               see [Mode]
/// @param forks              1 … 50; replications of a case
/// @param warmupIterations   0 … 100; run and thrown away before the measured ones
/// @param iterations         1 … 1,000; each gives one sample
/// @param minIterationMillis 0 … 60,000; invocations are repeated within an iteration until it is that long
/// @param profile            see [Profile]
public record Plan(
        Mode mode, int forks, int warmupIterations, int iterations, int minIterationMillis, Profile profile) {

    /// Plans that were stored before there were profiles have none.
    public Plan {
        profile = Objects.requireNonNullElse(profile, Profile.NONE);
    }

    /// Without a profile.
    public Plan(Mode mode, int forks, int warmupIterations, int iterations, int minIterationMillis) {
        this(mode, forks, warmupIterations, iterations, minIterationMillis, Profile.NONE);
    }

    /// What is recorded of each case in one more fork, which does not count.
    public enum Profile {
        NONE,
        /// The JDK's Flight Recorder.
        JFR
    }

    public enum Mode {
        /// In the service's JVM, on its engine pool: answers fast, never part of history.
        SMOKE,
        /// Every fork is a fresh JVM, one job at a time on a node.
        MEASURE
    }

    /// The plan of a job that says nothing but its mode.
    public static Plan defaults(Mode mode) {
        return switch (mode) {
            case SMOKE -> new Plan(mode, 1, 1, 1, 0);
            case MEASURE -> new Plan(mode, 3, 3, 5, 200);
        };
    }

    /// The plan of work that must happen once: one fork, one iteration, no warm-up.
    public static Plan once(Mode mode) {
        return new Plan(mode, 1, 0, 1, 0);
    }
}
