package dyno.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drops schemas of ended jobs once at start and then hourly. Started and stopped once.
final class ScratchSweeper {

    private static final Logger LOG = LoggerFactory.getLogger(ScratchSweeper.class);

    private static final Duration INTERVAL = Duration.ofHours(1);

    private final ScratchSchemas schemas;
    private @Nullable Thread thread;

    ScratchSweeper(ScratchSchemas schemas) {
        this.schemas = schemas;
    }

    /// The first sweep is over when this returns.
    void start() {
        sweep();
        thread = Thread.ofVirtual().name("scratch-sweeper").start(this::run);
    }

    void stop() throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What cannot be dropped now can be an hour later.
    private void sweep() {
        try {
            schemas.sweep();
            schemas.sweepKept();
        } catch (RuntimeException e) {
            LOG.warn("scratch schemas of ended jobs are left: {}", e.getMessage());
        }
    }
}
