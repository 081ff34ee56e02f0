package dyno.suite;

import dyno.web.ProblemException;
import dyno.web.Violation;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Looks whether some node could run each job of the suites, by a thread of its own beside the rest of the
/// start:
/// planning hundreds of jobs takes about as long as all that comes after it. The start waits for the
/// outcome before
/// it lets anybody in. Safe for any number of threads.
final class SuiteCheck implements SmartLifecycle {

    private static final UUID NO_SUITE_RUN = new UUID(0, 0);

    private final SuiteCatalog suites;
    private final FutureTask<Boolean> checking;
    private volatile boolean isRunning;

    /// Begins.
    ///
    /// @param files all of them, by name
    /// @param check throws a [ProblemException] for a submission that would be refused
    /// @throws SuiteFileException where a suite includes what it cannot
    SuiteCheck(Map<String, SuiteFile> files, Consumer<Map<String, @Nullable Object>> check) {
        this.suites = new SuiteCatalog(files);
        this.checking = new FutureTask<>(() -> check(files.values(), check), true);
        Thread.ofPlatform().name("dyno-suite-check").daemon().start(checking);
    }

    SuiteCatalog suites() {
        return suites;
    }

    /// @throws SuiteFileException at the first job that no node could run
    @Override
    public void start() {
        try {
            checking.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SuiteFileException fault) {
                throw fault;
            }
            throw new IllegalStateException("The suites cannot be checked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The start was interrupted", e);
        }
        isRunning = true;
    }

    @Override
    public void stop() {
        isRunning = false;
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    /// Before everything that could take or give a job.
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    /// @throws SuiteFileException at the first job that no node could run
    static void check(Collection<SuiteFile> files, Consumer<Map<String, @Nullable Object>> check) {
        for (var file : files) {
            for (int i = 0; i < file.jobs().size(); i++) {
                check(file, i, check);
            }
        }
    }

    private static void check(SuiteFile file, int job, Consumer<Map<String, @Nullable Object>> check) {
        try {
            check.accept(file.jobs().get(job).submission(file.name(), NO_SUITE_RUN));
        } catch (ProblemException e) {
            if (!SuiteCatalog.isOfThisNode(e)) {
                throw fault(file, job, e);
            }
        }
    }

    private static SuiteFileException fault(SuiteFile file, int job, ProblemException refusal) {
        var first = refusal.violations().stream()
                .findFirst()
                .orElseGet(() -> new Violation("", String.valueOf(refusal.getMessage())));
        var fault = file.jobFault(
                job,
                first.pointer(),
                "job %s: %s".formatted(file.jobs().get(job).name(), first.message()));
        fault.initCause(refusal);
        return fault;
    }
}
