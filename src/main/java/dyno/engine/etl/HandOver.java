package dyno.engine.etl;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What lies between extractors and workers. Safe for the pipeline's threads.
///
/// Every wait ends with room, data, the end of the source, failure or cancellation; nothing is waited for that might
/// not come.
interface HandOver<B extends Batch> {

    /// Begins a run. Nobody may be in one.
    void start(Run run);

    /// What an extractor does until its source ends or the pipeline has to. Called by `extractors` threads.
    void extract(int extractor, StageClock clock) throws IOException, InterruptedException;

    /// What the thread in between does, where there is one.
    void feed(StageClock clock) throws InterruptedException;

    /// Gives back a worker's last batch and waits for the next one.
    ///
    /// @param done the worker's last batch; null at first
    /// @return null once everything was taken or the pipeline has to end
    @Nullable
    B take(int worker, @Nullable B done, Tally tally) throws InterruptedException;

    /// Ends every wait.
    void stop();

    /// May be asked at any time.
    Figures figures();

    /// What one run gives its hand-over.
    record Run(Stop stop, BatchSizer sizer, long startNanos, Source.Rejects rejects) {}

    /// @param extracted      records
    /// @param depthHighWater most records that waited for workers
    /// @param liveHighWater  most records in full batches or single ones on their way
    /// @param blockedNanos   that extractors waited for room
    record Figures(long extracted, long depthHighWater, long liveHighWater, long blockedNanos) {}
}
