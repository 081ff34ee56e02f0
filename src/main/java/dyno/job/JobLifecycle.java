package dyno.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Starts what runs jobs after everything else, and stops it before everything else: the web server waits for
/// requests under way, and a stream of events would be one without end.
final class JobLifecycle implements SmartLifecycle {

    /// What has threads of its own.
    ///
    /// @param worker   null where this node runs no jobs
    /// @param presence null where it has no worker
    record Parts(
            JobService service,
            JobEvents events,
            Notifications notifications,
            ScratchSweeper sweeper,
            NodeFiles files,
            @Nullable JobWorker worker,
            @Nullable Presence presence) {}

    private final Parts parts;
    private final Path scratch;
    private final Path cache;
    private final InstantSource clock;
    private volatile boolean running;

    JobLifecycle(Parts parts, Path scratch, Path cache, InstantSource clock) {
        this.parts = parts;
        this.scratch = scratch;
        this.cache = cache;
        this.clock = clock;
    }

    @Override
    public void start() {
        try {
            Scratch.sweep(scratch);
            Files.createDirectories(cache);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        parts.files().removeOld(clock.instant());
        parts.files().bound(clock.instant());
        if (parts.presence() != null) {
            // Before what its name ran is put back: it might run.
            parts.presence().join();
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
            if (parts.presence() != null) {
                parts.presence().leave();
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
