package dyno.job;

import dyno.engine.FailureCode;
import dyno.engine.Machine;
import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import dyno.engine.Warning;
import dyno.fork.Failures;
import dyno.fork.ForkOutcome;
import dyno.fork.ForkRequest;
import dyno.fork.TrialHost;
import dyno.job.ForkOrder.Turn;
import dyno.job.Payload.Draft;
import dyno.measurement.Plan.Mode;
import dyno.measurement.TrialListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the forks of one job's cases in turns and tells how far it is. Used once, by one thread.
final class JobMeasurement {

    private static final Logger LOG = LoggerFactory.getLogger(JobMeasurement.class);

    /// What all jobs of a node share.
    ///
    /// @param smoke     runs forks in the service's own JVM
    /// @param measure   runs each fork in a fresh one
    /// @param machine   as engines see it
    /// @param cache     folder of generated inputs
    /// @param databases what engines may be lent
    /// @param datasets  folder of a dataset's files; empty where they are not on this node
    /// @param noise     how noisy the machine is just now, see [dyno.environment.NoiseProbe#look]
    record Bench(
            TrialHost smoke,
            TrialHost measure,
            Machine machine,
            Path cache,
            LentDatabases databases,
            Function<String, Optional<Path>> datasets,
            Supplier<Map<String, @Nullable Object>> noise,
            LongSupplier nanoTime) {

        /// Folder of what jobs were told to keep.
        Path outputs() {
            return cache.resolveSibling("outputs");
        }

        /// Nobody looks before a SMOKE fork: others may run beside it anyway, and its answer is wanted at
        /// once.
        Map<String, @Nullable Object> surroundings(Mode mode) {
            return switch (mode) {
                case SMOKE -> Map.of();
                case MEASURE -> noise.get();
            };
        }

        TrialHost host(Mode mode) {
            return switch (mode) {
                case SMOKE -> smoke;
                case MEASURE -> measure;
            };
        }
    }

    /// @param cases      in the order of the job
    /// @param isTimedOut whether the job's own time was up
    record Measured(List<MeasuredCase> cases, boolean isTimedOut) {}

    private final Bench bench;
    private final MeasuredJob job;
    private final Scratch scratch;
    private final Journal journal;
    private final CaseResults results;
    private final List<MeasuredCase> cases;
    private final ProgressMeter meter;
    private final long endNanos;
    private final Set<String> toldWarnings = new HashSet<>();

    JobMeasurement(Bench bench, MeasuredJob job, Scratch scratch, Journal journal, CaseResults results) {
        this.bench = bench;
        this.job = job;
        this.scratch = scratch;
        this.journal = journal;
        this.results = results;
        this.cases = job.cases().stream().map(MeasuredCase::new).toList();
        this.meter = new ProgressMeter(job.plan(), job.cases(), bench.nanoTime());
        this.endNanos = bench.nanoTime().getAsLong() + job.timeout().toNanos();
    }

    /// @throws InterruptedException when the thread is interrupted; no process of the job is left then
    Measured run() throws InterruptedException {
        for (var turn : ForkOrder.of(cases.size(), job.plan().forks())) {
            var measured = cases.get(turn.caseIndex());
            if (measured.failure() == null) {
                if (leftNanos() > 0) {
                    run(measured, turn);
                } else {
                    return timedOut();
                }
                if (isOverdue(measured)) {
                    return timedOut();
                }
            }
            meter.skip(measured.planned());
        }
        profileAll();
        return new Measured(cases, false);
    }

    /// After all that counts, so that no profile is between two forks that are compared.
    private void profileAll() throws InterruptedException {
        switch (job.plan().profile()) {
            case NONE -> {
                // Nobody asked for one.
            }
            case JFR -> {
                for (int i = 0; i < cases.size(); i++) {
                    if (cases.get(i).failure() == null) {
                        profile(cases.get(i), i);
                    }
                }
            }
        }
    }

    /// A profile that cannot be had is a warning: the figures are there.
    private void profile(MeasuredCase measured, int caseIndex) throws InterruptedException {
        var planned = measured.planned();
        var datasets = datasets(planned);
        long timeoutNanos = Math.min(leftNanos(), job.caseTimeout().toNanos() - measured.usedNanos());
        if (timeoutNanos <= 0 || datasets.isEmpty()) {
            measured.warn(noProfile(timeoutNanos <= 0 ? "no time was left" : "the dataset's files are gone"));
            return;
        }
        int fork = job.plan().forks();
        var folder = scratch.fork(caseIndex, fork);
        var profile = new CaseProfile(folder);
        var request = request(planned, fork, folder, datasets.get()).recordedIn(profile.recording());
        var outcome = bench.host(job.plan().mode()).run(request, TrialListener.NONE, Duration.ofNanos(timeoutNanos));
        job.requireWanted();
        switch (outcome) {
            case ForkOutcome.Failed failed ->
                measured.warn(noProfile("its fork failed: %s: %s".formatted(failed.code(), failed.message())));
            case ForkOutcome.Measured _ -> keep(profile, measured);
        }
        Scratch.empty(folder);
        tellWarnings(measured);
    }

    private void keep(CaseProfile profile, MeasuredCase measured) {
        try {
            measured.keep(profile.keep(
                    bench.cache().resolveSibling("outputs"), job.job().id(), measured.name()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("job {}: no profile of {}", job.job().id(), measured.name(), e);
            measured.warn(noProfile(String.valueOf(e.getMessage())));
        }
    }

    private static Warning noProfile(String why) {
        return new Warning("NO_PROFILE", "There is no profile: " + why);
    }

    private void run(MeasuredCase measured, Turn turn) throws InterruptedException {
        long caseLeftNanos = job.caseTimeout().toNanos() - measured.usedNanos();
        if (caseLeftNanos <= 0) {
            measured.fail(FailureCode.TIMED_OUT, caseTimedOut(), Map.of());
            finish(measured);
            return;
        }
        long timeoutNanos = Math.min(leftNanos(), caseLeftNanos);
        var planned = measured.planned();
        var datasets = datasets(planned);
        if (datasets.isEmpty()) {
            measured.fail(FailureCode.INVALID_INPUT, "The files of its dataset are not on this node", Map.of());
            finish(measured);
            return;
        }
        try {
            run(measured, turn, datasets.get(), timeoutNanos);
        } catch (UncheckedIOException e) {
            // A disk that has filled up, most often: what the other cases found is kept.
            LOG.warn("case {} of job {} ends", planned.name(), job.job().id(), e);
            var failed = Failures.of(e);
            measured.fail(failed.code(), failed.message(), Map.of());
        }
        tellWarnings(measured);
        finish(measured);
    }

    private void run(MeasuredCase measured, Turn turn, Map<String, Path> datasets, long timeoutNanos)
            throws InterruptedException {
        var planned = measured.planned();
        var folder = scratch.fork(turn.caseIndex(), turn.fork());
        var surroundings = bench.surroundings(job.plan().mode());
        long start = bench.nanoTime().getAsLong();
        var outcome = bench.host(job.plan().mode())
                .run(
                        request(planned, turn.fork(), folder, datasets),
                        (stage, iteration, iterations) -> journal.tell(meter.at(turn, stage, iteration, iterations)),
                        Duration.ofNanos(timeoutNanos));
        // A fork that was interrupted may also say that it failed; that is no finding.
        job.requireWanted();
        long elapsedNanos = bench.nanoTime().getAsLong() - start;
        measured.add(with(surroundings, worded(outcome)), elapsedNanos);
        var outputs = bench.outputs();
        measured.keep(
                KeptOutputs.take(TrialContext.kept(folder), outputs, job.job().id(), planned.name()));
        Scratch.empty(folder);
    }

    private static ForkOutcome with(Map<String, @Nullable Object> surroundings, ForkOutcome outcome) {
        return outcome instanceof ForkOutcome.Measured(var fork)
                ? new ForkOutcome.Measured(fork.withSurroundings(surroundings))
                : outcome;
    }

    /// Empty where one is not on this node.
    private Optional<Map<String, Path>> datasets(PlannedCase planned) {
        var dataset = planned.dataset();
        return dataset == null
                ? Optional.of(Map.of())
                : bench.datasets().apply(dataset.name()).map(files -> Map.of(dataset.name(), files));
    }

    private ForkRequest request(PlannedCase planned, int fork, Path folder, Map<String, Path> datasets) {
        return new ForkRequest(
                job.job().id(),
                job.running().claim().attempt(),
                job.job().engine(),
                planned.workload(),
                job.plan(),
                fork,
                folder,
                bench.cache(),
                bench.machine(),
                job.plan().mode() == Mode.SMOKE ? Depth.SHORT : Depth.FULL,
                datasets,
                secrets(results.view(planned.name())),
                planned.heapBytes(),
                planned.directBytes());
    }

    private Map<String, String> secrets(EngineView view) {
        var secrets = new LinkedHashMap<>(bench.databases().secrets(view.databases()));
        secrets.putAll(view.secrets());
        return secrets;
    }

    /// A host knows that time was up, and not whose.
    private ForkOutcome worded(ForkOutcome outcome) {
        return outcome instanceof ForkOutcome.Failed(var code, var message, var details)
                        && code == FailureCode.TIMED_OUT
                ? new ForkOutcome.Failed(code, leftNanos() <= 0 ? jobTimedOut() : caseTimedOut(), details)
                : outcome;
    }

    private void tellWarnings(MeasuredCase measured) {
        for (var warning : measured.warnings()) {
            if (toldWarnings.add(warning.code())) {
                journal.tell(Draft.warning(warning));
            }
        }
    }

    private void finish(MeasuredCase measured) {
        if (measured.isFinished(job.plan().forks())) {
            journal.tell(Draft.finishedCase(results.payload(measured, cases, job.plan())));
        }
    }

    private Measured timedOut() {
        for (var unfinished : cases) {
            if (!unfinished.isFinished(job.plan().forks())) {
                unfinished.fail(FailureCode.TIMED_OUT, jobTimedOut(), Map.of());
                finish(unfinished);
            }
        }
        return new Measured(cases, true);
    }

    /// Whether a fork was ended because the job's own time was up, not its case's.
    private boolean isOverdue(MeasuredCase measured) {
        var failure = measured.failure();
        return failure != null && failure.code() == FailureCode.TIMED_OUT && leftNanos() <= 0;
    }

    private long leftNanos() {
        return endNanos - bench.nanoTime().getAsLong();
    }

    private String caseTimedOut() {
        return "The case took longer than %d s".formatted(job.caseTimeout().toSeconds());
    }

    private String jobTimedOut() {
        return "The job took longer than %d s".formatted(job.timeout().toSeconds());
    }
}
