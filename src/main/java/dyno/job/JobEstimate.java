package dyno.job;

import dyno.engine.Estimate;
import dyno.measurement.Plan;
import dyno.measurement.Plan.Mode;

/// What a fork will take, from what its engine says of the case.
///
/// ```text
/// fork seconds  = JVM start + prepare + (warm-up iterations + iterations) × max(shortest iteration, invocation)
/// job seconds   = Σ cases of forks × fork seconds, rounded up
/// job timeout   = max(900, 3 × job seconds), at most the 86,400 that a client could ask for
/// fork heap     = 1.5 × the engine's live heap + 64 MiB, rounded up to MiB
/// direct memory = the engine's + 16 MiB, rounded up to MiB
/// ```
final class JobEstimate {

    /// Starting a JVM, loading the engine and reporting; measured at 0.4 to 0.8 s where forks are small.
    private static final double FORK_START_SECONDS = 0.6;

    private static final long MIN_TIMEOUT_SECONDS = 900;
    private static final long MAX_TIMEOUT_SECONDS = 86_400;
    private static final long MIB = 1 << 20;

    /// Room for a collector to work in: a heap that is as large as its live data collects without pause.
    private static final double HEAP_HEADROOM = 1.5;

    /// Classes' mirrors, the protocol's text, samples and the JDK's own objects.
    private static final long HEAP_BASE_BYTES = 64 * MIB;

    /// Buffers that the JDK's channels keep for each thread.
    private static final long DIRECT_BASE_BYTES = 16 * MIB;

    /// Keeps sums of 256 cases and 50 forks of absurd estimates within a long.
    private static final long MOST_BYTES = 1L << 50;

    private JobEstimate() {}

    static double forkSeconds(Estimate estimate, Plan plan) {
        double start = plan.mode() == Mode.MEASURE ? FORK_START_SECONDS : 0;
        double iteration = Math.max(plan.minIterationMillis() / 1e3, estimate.secondsPerInvocation());
        return start + estimate.prepareSeconds() + (plan.warmupIterations() + plan.iterations()) * iteration;
    }

    static long heapBytes(Estimate estimate) {
        double wanted = estimate.heapBytes() * HEAP_HEADROOM + HEAP_BASE_BYTES;
        return roundUp((long) Math.min(wanted, MOST_BYTES));
    }

    static long directBytes(Estimate estimate) {
        return roundUp(Math.min(estimate.directBytes(), MOST_BYTES) + DIRECT_BASE_BYTES);
    }

    static int timeoutSeconds(long estimatedSeconds) {
        long wanted = Math.max(MIN_TIMEOUT_SECONDS, 3 * Math.min(estimatedSeconds, MAX_TIMEOUT_SECONDS));
        return Math.toIntExact(Math.min(wanted, MAX_TIMEOUT_SECONDS));
    }

    private static long roundUp(long bytes) {
        return (bytes + MIB - 1) / MIB * MIB;
    }
}
