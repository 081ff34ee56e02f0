package dyno.fork;

import dyno.engine.FailureCode;
import dyno.engine.FullDisk;
import dyno.fork.ForkOutcome.Failed;
import dyno.fork.ForkOutcome.Measured;
import dyno.fork.ForkProcess.Event;
import dyno.measurement.Stage;
import dyno.measurement.TrialListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Measures each fork in a fresh JVM without Spring.
///
/// Safe for any number of threads, though two forks at a time disturb each other. However a fork ends, it and
/// everything that it has started are gone when [#run] returns or throws; the listener is called on the caller's
/// thread.
public final class ForkRunner implements TrialHost {

    private static final Logger LOG = System.getLogger(ForkRunner.class.getName());

    /// A process that has closed its stdout without a result is about to be gone.
    private static final long ENDING_NANOS = TimeUnit.SECONDS.toNanos(5);

    /// A fork says that it prepares as soon as its JVM is up. One that has not by now hangs, and is not slow.
    private static final long FIRST_WORD_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final ForkCommand command;
    private final LongSupplier nanoTime;

    /// @param command  how to start a JVM
    /// @param nanoTime the clock of timeouts
    public ForkRunner(ForkCommand command, LongSupplier nanoTime) {
        this.command = command;
        this.nanoTime = nanoTime;
    }

    @Override
    public ForkOutcome run(ForkRequest request, TrialListener listener, Duration timeout) throws InterruptedException {
        long deadline = nanoTime.getAsLong() + timeout.toNanos();
        var killsBefore = OomKills.count();
        try (var folder = TemporaryFolder.beside(request.scratch())) {
            var mark = UUID.randomUUID().toString();
            var fork = ForkProcess.start(builder(request, folder.path(), mark), mark, ForkJson.line(absolute(request)));
            Ending ending;
            try (fork) {
                ending = attend(fork, listener, deadline);
            }
            var outcome = outcome(ending, fork, request, timeout, killsBefore);
            if (outcome instanceof Failed failed) {
                LOG.log(
                        Level.WARNING,
                        "fork {0} of {1} failed: {2}: {3}\n{4}",
                        request.fork(),
                        request.engine(),
                        failed.code(),
                        failed.message(),
                        String.join("\n", new Secrets(request.secrets()).redact(fork.lastOutput())));
            }
            return outcome;
        } catch (IOException e) {
            return new Failed(
                    FullDisk.is(e) ? FailureCode.DISK_FULL : FailureCode.FORK_FAILED,
                    "The fork could not be started: " + e.getMessage(),
                    Map.of());
        }
    }

    /// How attending to a fork ended.
    private sealed interface Ending {

        record Answered(ForkMessage message) implements Ending {}

        record Babbled() implements Ending {}

        record TimeUp(Stage stage) implements Ending {}

        /// It lived, but did not even say that it prepares.
        record NeverSpoke(long nanos) implements Ending {}

        record Died(int exitStatus) implements Ending {}

        /// It lives, but will never say anything.
        record FellSilent() implements Ending {}
    }

    private Ending attend(ForkProcess fork, TrialListener listener, long deadline) throws InterruptedException {
        long started = nanoTime.getAsLong();
        var stage = Stage.PREPARING;
        boolean spoke = false;
        while (true) {
            long now = nanoTime.getAsLong();
            long left = deadline - now;
            var event = fork.next(Math.max(0, spoke ? left : Math.min(left, started + FIRST_WORD_NANOS - now)));
            switch (event) {
                case null -> {
                    return spoke ? new Ending.TimeUp(stage) : new Ending.NeverSpoke(nanoTime.getAsLong() - started);
                }
                case Event.Said(ForkMessage.Progress progress) -> {
                    spoke = true;
                    stage = progress.stage();
                    listener.at(stage, progress.iteration(), progress.iterations());
                }
                case Event.Said(ForkMessage answer) -> {
                    return new Ending.Answered(answer);
                }
                case Event.Babbled() -> {
                    return new Ending.Babbled();
                }
                case Event.FellSilent() -> {
                    return fork.waitFor(ENDING_NANOS) ? new Ending.Died(fork.exitStatus()) : new Ending.FellSilent();
                }
            }
        }
    }

    /// Called when the fork is gone and its output complete.
    private static ForkOutcome outcome(
            Ending ending, ForkProcess fork, ForkRequest request, Duration timeout, OptionalLong killsBefore) {
        var secrets = new Secrets(request.secrets());
        var lastOutput = secrets.redact(fork.lastOutput());
        return switch (ending) {
            case Ending.Answered(ForkMessage.Result result) -> new Measured(result.fork());
            case Ending.Answered(ForkMessage.Failure failure) ->
                new Failed(failure.code(), secrets.redact(failure.message()), secrets.redact(failure.details()));
            case Ending.Answered(ForkMessage.Progress progress) ->
                throw new IllegalStateException("Progress is no answer: " + progress);
            case Ending.Babbled() ->
                new Failed(
                        FailureCode.FORK_FAILED,
                        "The fork wrote something that is not of the protocol",
                        ended(fork, "garbage", lastOutput));
            case Ending.FellSilent() ->
                new Failed(
                        FailureCode.FORK_FAILED,
                        "The fork closed its output without a result",
                        ended(fork, "silence", lastOutput));
            case Ending.NeverSpoke(long nanos) ->
                new Failed(
                        FailureCode.FORK_FAILED,
                        "The fork said nothing for %.3f s after its start, and was ended".formatted(nanos / 1e9),
                        ended(fork, "hang", lastOutput));
            case Ending.TimeUp(Stage stage) ->
                new Failed(
                        FailureCode.TIMED_OUT,
                        "The fork was not done after %.3f s".formatted(timeout.toNanos() / 1e9),
                        Map.of("stage", stage.name(), "lastOutput", lastOutput));
            case Ending.Died(int exitStatus) ->
                new Obituary(exitStatus, lastOutput, hasRisen(killsBefore, OomKills.count())).failed();
        };
    }

    /// Details of a fork that this JVM had to end.
    private static Map<String, Object> ended(ForkProcess fork, String cause, List<String> lastOutput) {
        var details = new LinkedHashMap<String, Object>();
        details.put("cause", cause);
        fork.statusAfterKilling().ifPresent(status -> details.put("exitStatus", status));
        details.put("lastOutput", lastOutput);
        return details;
    }

    private static boolean hasRisen(OptionalLong before, OptionalLong after) {
        return before.isPresent() && after.isPresent() && after.getAsLong() > before.getAsLong();
    }

    private ProcessBuilder builder(ForkRequest request, Path temporary, String mark) {
        var builder = new ProcessBuilder(command.line(ForkMemory.of(request), temporary)).directory(temporary.toFile());
        var environment = builder.environment();
        environment.clear();
        environment.putAll(ForkEnvironment.of(System.getenv(), mark));
        return builder;
    }

    /// Paths that do not depend on the folder that a JVM runs in.
    private static ForkRequest absolute(ForkRequest request) {
        var datasets = new LinkedHashMap<String, Path>();
        request.datasets().forEach((name, folder) -> datasets.put(name, folder.toAbsolutePath()));
        return new ForkRequest(
                request.job(),
                request.attempt(),
                request.engine(),
                request.workload(),
                request.plan(),
                request.fork(),
                request.scratch().toAbsolutePath(),
                request.cache().toAbsolutePath(),
                request.machine(),
                request.depth(),
                datasets,
                request.secrets(),
                request.heapBytes(),
                request.directBytes(),
                request.recording() == null ? null : request.recording().toAbsolutePath());
    }
}
