package dyno.measurement;

import dyno.engine.Metrics;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The most memory that this process had resident since the object was made.
///
/// Where the kernel permits it, its own mark (`VmHWM`) is set back to the present by writing 5 to
/// `/proc/self/clear_refs`, and read at the end: exact, and free meanwhile. Elsewhere a thread looks every few
/// milliseconds, and may miss a shorter peak.
///
/// Used by one thread at a time.
///
/// @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html">proc_pid_clear_refs(5)</a>
final class PeakRss implements AutoCloseable {

    static final Path CLEAR_REFS = Path.of("/proc/self/clear_refs");

    private static final String RESET_PEAK = "5";

    private final Path status;
    private final @Nullable Sampler sampler;

    private PeakRss(Path status, @Nullable Sampler sampler) {
        this.status = status;
        this.sampler = sampler;
    }

    /// Starts anew.
    ///
    /// @param clearRefs see [#CLEAR_REFS]
    /// @param status    see [KernelText#SELF_STATUS]
    static PeakRss start(Path clearRefs, Path status) {
        return new PeakRss(status, isReset(clearRefs) ? null : Sampler.start(status));
    }

    private static boolean isReset(Path clearRefs) {
        // Without this a plain write would make the file where there is no /proc.
        if (!Files.isWritable(clearRefs)) {
            return false;
        }
        try (var file = new RandomAccessFile(clearRefs.toFile(), "rw")) {
            file.write(RESET_PEAK.getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException e) {
            // Refused in some containers even to root; the sampler stands in.
            return false;
        }
    }

    void report(Metrics metrics) {
        try {
            metrics.put(
                    "peakRssBytes",
                    sampler == null ? KernelText.statusBytes(KernelText.read(status), "VmHWM") : sampler.peakBytes());
        } catch (Unreadable e) {
            metrics.absent("peakRssBytes", e.reason());
        }
    }

    @Override
    public void close() {
        if (sampler != null) {
            sampler.interrupt();
        }
    }

    /// Looks at the resident size over and over until it is interrupted.
    private static final class Sampler extends Thread {

        /// Short against an iteration of 200 ms, long against the read of one small file.
        private static final long INTERVAL_MILLIS = 5;

        private final Path status;
        private long peak;
        private @Nullable Unreadable failure;

        private Sampler(Path status) {
            super("rss-sampler");
            this.status = status;
        }

        static Sampler start(Path status) {
            var sampler = new Sampler(status);
            sampler.setDaemon(true);
            sampler.look();
            sampler.start();
            return sampler;
        }

        @Override
        public void run() {
            try {
                while (look()) {
                    sleep(INTERVAL_MILLIS);
                }
            } catch (InterruptedException e) {
                // How close() ends it; there is nobody above this frame to tell.
                interrupt();
            }
        }

        long peakBytes() throws Unreadable {
            look();
            return settled();
        }

        private synchronized long settled() throws Unreadable {
            if (failure != null) {
                throw failure;
            }
            return peak;
        }

        private synchronized boolean look() {
            try {
                peak = Math.max(peak, KernelText.statusBytes(KernelText.read(status), "VmRSS"));
            } catch (Unreadable e) {
                failure = e;
            }
            return failure == null;
        }
    }
}
