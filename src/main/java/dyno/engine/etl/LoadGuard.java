package dyno.engine.etl;

import org.jspecify.annotations.Nullable;

/// Watches over one worker's load attempts, so that one that takes too long is interrupted, and no interrupt meant
/// for
/// an attempt strikes what comes after it.
///
/// The worker calls [#begin] and [#end], other threads [#check] and [#abort].
final class LoadGuard {

    private final Sink.Loader loader;
    private final long timeoutNanos;
    private @Nullable Thread loading;
    private long startNanos;
    private boolean timedOut;

    LoadGuard(Sink.Loader loader, long timeoutNanos) {
        this.loader = loader;
        this.timeoutNanos = timeoutNanos;
    }

    synchronized void begin(long nowNanos) {
        loading = Thread.currentThread();
        startNanos = nowNanos;
        timedOut = false;
    }

    /// The attempt is over.
    ///
    /// @return whether it was interrupted because it took too long; the thread's flag is cleared then
    synchronized boolean end() {
        loading = null;
        if (timedOut) {
            boolean _ = Thread.interrupted();
        }
        return timedOut;
    }

    synchronized void check(long nowNanos) {
        var thread = loading;
        if (thread != null && nowNanos - startNanos > timeoutNanos) {
            timedOut = true;
            thread.interrupt();
            loader.abort();
        }
    }

    /// The pipeline has to end.
    synchronized void abort() {
        if (loading != null) {
            loader.abort();
        }
    }
}
