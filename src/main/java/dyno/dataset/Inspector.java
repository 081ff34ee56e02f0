package dyno.dataset;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Looks at files one after another, on a platform thread of its own: looking at a large one takes a processor for
/// minutes, and requests, which share few carrier threads, would wait meanwhile. Safe for any number of threads.
final class Inspector implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("dataset-inspector").daemon().factory());

    /// Waits for its turn, then for the result.
    ///
    /// @throws IllegalStateException where the service stops meanwhile
    <T> T run(Callable<T> inspection) {
        var result = thread.submit(inspection);
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a file was looked at", e);
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(e.getCause());
        };
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
