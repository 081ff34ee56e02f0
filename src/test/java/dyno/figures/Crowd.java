package dyno.figures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Clients that follow a job which does nothing, and clients that never end their request; they come and go together,
/// by a thread of their own.
///
/// Used by one thread.
final class Crowd implements AutoCloseable {

    private final MeasuredService service;
    private final String job;
    private final int idleClients;
    private final int slowClients;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private Future<Boolean> there = CompletableFuture.completedFuture(false);

    // Touched by that thread alone.
    private final List<Stream<String>> idle = new ArrayList<>();
    private Optional<SlowClients> slow = Optional.empty();

    /// @param job what the idle ones follow
    Crowd(MeasuredService service, String job, int idleClients, int slowClients) {
        this.service = service;
        this.job = job;
        this.idleClients = idleClients;
        this.slowClients = slowClients;
    }

    /// Has them come, or go, and does not wait for it.
    void become(boolean wanted) throws IOException, InterruptedException {
        if (isThere() != wanted) {
            there = thread.submit(() -> wanted ? come() : go());
        }
    }

    /// Whether all of them are there, or all are gone.
    boolean isSettled(boolean wanted) throws IOException, InterruptedException {
        return there.isDone() && isThere() == wanted;
    }

    private boolean isThere() throws IOException, InterruptedException {
        try {
            return there.get();
        } catch (ExecutionException e) {
            throw new IOException("The crowd broke", e);
        }
    }

    private boolean come() throws IOException, InterruptedException {
        for (int i = 0; i < idleClients; i++) {
            idle.add(service.follow(job));
        }
        slow = Optional.of(new SlowClients(service.port(), slowClients));
        return true;
    }

    private boolean go() throws IOException {
        idle.forEach(Stream::close);
        idle.clear();
        if (slow.isPresent()) {
            slow.get().close();
            slow = Optional.empty();
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        try {
            become(false);
            isThere();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            thread.close();
        }
    }
}
