package dyno.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Starts what runs jobs after everything else, and stops it before everything else: the web server waits for
/// requests under way, and a stream of events would be one without end.
final class JobLifecycle implements SmartLifecycle {

    /// What has threads of its own.
    ///
    /// @param worker null where this node runs no jobs
    record Parts(
            JobService service,
            JobEvents events,
            Notifications notifications,
            ScratchSweeper sweeper,
            @Nullable JobWorker worker) {}

    private final Parts parts;
    private final Path scratch;
    private final Path cache;
    private volatile boolean running;

    JobLifecycle(Parts parts, Path scratch, Path cache) {
        this.parts = parts;
        this.scratch = scratch;
        this.cache = cache;
    }

    @Override
    public void start() {
        try {
            Scratch.sweep(scratch);
            Files.createDirectories(cache);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        parts.sweeper().start();
        parts.events().start();
        parts.notifications().start();
        if (parts.worker() != null) {
            parts.worker().start();
        }
        running = true;
    }

    @Override
    public void stop() {
        parts.service().shutDown();
        try {
            if (parts.worker() != null) {
                parts.worker().stop();
            }
            parts.notifications().stop();
            parts.events().stop();
            parts.sweeper().stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
