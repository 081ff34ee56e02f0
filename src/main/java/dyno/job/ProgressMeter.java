package dyno.job;

import dyno.job.ForkOrder.Turn;
import dyno.measurement.Plan;
import dyno.measurement.Stage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Turns stages of forks into the progress of a job. Each fork weighs what it was estimated to take.
///
/// Used by one thread at a time.
final class ProgressMeter {

    /// Shares of a fork that are over when a stage begins; iterations share what lies between warm-up and
    /// verification.
    private static final double PREPARED = 0.15;
    private static final double MEASURED = 0.9;

    private final Plan plan;
    private final List<PlannedCase> cases;
    private final double total;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private double done;

    ProgressMeter(Plan plan, List<PlannedCase> cases, LongSupplier nanoTime) {
        this.plan = plan;
        this.cases = cases;
        // Where engines estimate nothing at all, each fork still weighs something.
        this.total = cases.stream().mapToDouble(ProgressMeter::weight).sum() * plan.forks();
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    /// What a listener says of a fork that runs.
    Progress at(Turn turn, Stage stage, int iteration, int iterations) {
        double running = weight(cases.get(turn.caseIndex())) * share(stage, iteration);
        double fraction = Math.round(Math.clamp((done + running) / total, 0.0, 1.0) * 1e4) / 1e4;
        return new Progress(
                turn.caseIndex(),
                cases.size(),
                turn.fork(),
                plan.forks(),
                stage,
                iteration,
                iterations,
                fraction,
                etaSeconds(fraction));
    }

    /// A fork is over, or will never run because its case failed.
    void skip(PlannedCase over) {
        done += weight(over);
    }

    private double share(Stage stage, int iteration) {
        double each = (MEASURED - PREPARED) / (plan.warmupIterations() + plan.iterations());
        return switch (stage) {
            case PREPARING -> 0;
            case WARMUP -> PREPARED + iteration * each;
            case MEASURING -> PREPARED + (plan.warmupIterations() + iteration) * each;
            case VERIFYING -> MEASURED;
        };
    }

    private @Nullable Long etaSeconds(double fraction) {
        if (fraction <= 0) {
            return null;
        }
        double elapsed = (double) (nanoTime.getAsLong() - startNanos) / TimeUnit.SECONDS.toNanos(1);
        return Math.round(elapsed * (1 - fraction) / fraction);
    }

    private static double weight(PlannedCase weighed) {
        return Math.max(weighed.forkSeconds(), 1e-3);
    }
}
