package dyno.cli;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Cleans up when the process is told to end (Ctrl-C, SIGTERM, a closed terminal): cancels what was submitted, then
/// stops the service if it is our own.
///
/// The order matters: a service that stops puts running jobs back into its queue, and they would run at its
/// next start.
final class Interruption implements AutoCloseable {

    /// Longest wait for the answer to a submission that was under way when the signal came.
    private static final long SUBMISSION_LIMIT_SECONDS = 5;

    private final ServiceAccess service;
    private final Terminal terminal;
    private final CompletableFuture<List<String>> jobIds = new CompletableFuture<>();
    private final Thread hook = new Thread(this::cleanUp, "dyno-interruption");
    private volatile boolean isUnderWay;

    private Interruption(ServiceAccess service, Terminal terminal) {
        this.service = service;
        this.terminal = terminal;
    }

    /// Is in force until closed.
    static Interruption guard(ServiceAccess service, Terminal terminal) {
        var interruption = new Interruption(service, terminal);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    void submitted(List<String> ids) {
        jobIds.complete(ids);
    }

    boolean isUnderWay() {
        return isUnderWay;
    }

    @Override
    public void close() {
        jobIds.complete(List.of());
        if (!isUnderWay) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // The process began to end just now; the hook does its work.
            }
        }
    }

    private void cleanUp() {
        isUnderWay = true;
        try {
            cancel(jobIds.get(SUBMISSION_LIMIT_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException | ExecutionException e) {
            terminal.err().println("Jobs that were being submitted may have been left behind: " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            service.close();
        }
    }

    private void cancel(List<String> ids) throws InterruptedException {
        int cancelled = 0;
        try (var api = service.api()) {
            for (String id : ids) {
                cancelled += cancel(api, id);
            }
        }
        terminal.err().println("\nCancelled %d of %d jobs.".formatted(cancelled, ids.size()));
    }

    private int cancel(Api api, String id) throws InterruptedException {
        try {
            api.post("/api/v1/jobs/" + Api.segment(id) + "/cancel");
            return 1;
        } catch (CommandException e) {
            // A finished job has nothing to cancel.
            if (!(e instanceof RefusedException refused) || refused.problem().status() != 409) {
                terminal.err().println("Job " + id + " was not cancelled: " + e.getMessage());
            }
            return 0;
        }
    }
}
