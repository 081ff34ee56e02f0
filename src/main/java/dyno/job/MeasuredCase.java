package dyno.job;

import dyno.engine.FailureCode;
import dyno.engine.Verification;
import dyno.engine.Warning;
import dyno.fork.ForkOutcome;
import dyno.measurement.Combined;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Sample;
import dyno.result.CaseResult.Artifact;
import dyno.result.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A case while its forks run, and after. Used by one thread at a time.
final class MeasuredCase {

    private final PlannedCase planned;
    private final List<MeasuredFork> forks = new ArrayList<>();
    private final List<Artifact> artifacts = new ArrayList<>();
    private final List<Warning> ownWarnings = new ArrayList<>();
    private long usedNanos;
    private @Nullable Failure failure;

    MeasuredCase(PlannedCase planned) {
        this.planned = planned;
    }

    PlannedCase planned() {
        return planned;
    }

    String name() {
        return planned.name();
    }

    /// All that measured, the one whose verification failed included; no sample is thrown away.
    List<MeasuredFork> forks() {
        return List.copyOf(forks);
    }

    List<List<Sample>> samples() {
        return forks.stream().map(MeasuredFork::samples).toList();
    }

    /// How long its forks took together.
    long usedNanos() {
        return usedNanos;
    }

    void add(ForkOutcome outcome, long elapsedNanos) {
        usedNanos += elapsedNanos;
        switch (outcome) {
            case ForkOutcome.Failed(var code, var message, var details) -> fail(code, message, details);
            case ForkOutcome.Measured(var fork) -> add(fork);
        }
    }

    private void add(MeasuredFork fork) {
        forks.add(fork);
        var verification = verification().orElseThrow();
        if (!verification.isPassed()) {
            fail(FailureCode.VERIFICATION_FAILED, verification.differences(), Map.of("fork", fork.index()));
        }
    }

    /// Adds files that a fork was told to keep.
    void keep(List<Artifact> kept) {
        artifacts.addAll(kept);
    }

    List<Artifact> artifacts() {
        return List.copyOf(artifacts);
    }

    /// Keeps the first failure: it ended the case.
    void fail(FailureCode code, String message, Map<String, Object> details) {
        if (failure == null) {
            failure = new Failure(code, message, name(), details.isEmpty() ? null : details);
        }
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    boolean isFinished(int forksWanted) {
        return failure != null || forks.size() == forksWanted;
    }

    /// Whether it failed in a way that its variant did not announce.
    boolean isFaulty() {
        return failure != null && !planned.mayFail().contains(failure.code());
    }

    /// Over all forks so far; empty before the first.
    Optional<Verification> verification() {
        return forks.isEmpty()
                ? Optional.empty()
                : Optional.of(Combined.verification(
                        forks.stream().map(MeasuredFork::verification).toList()));
    }

    /// Metrics over all forks so far.
    Map<String, @Nullable Object> metrics() {
        return Combined.figures(
                forks.stream().map(fork -> fork.report().metrics()).toList());
    }

    /// Adds a warning of the service's own.
    void warn(Warning warning) {
        ownWarnings.add(warning);
    }

    List<Warning> warnings() {
        var all = new ArrayList<>(
                forks.stream().map(fork -> fork.report().warnings()).toList());
        all.add(ownWarnings);
        return Combined.warnings(all);
    }
}
