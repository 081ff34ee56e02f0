package dyno.engine.etl;

import java.io.IOException;

/// Where a pipeline's rows go. Safe for any number of threads.
interface Sink extends AutoCloseable {

    /// Opens the way of one worker into the sink: a connection, a file. Before the run, and kept over runs.
    ///
    /// @param pipeline 0-based
    /// @param worker   0-based, within the pipeline
    Loader open(int pipeline, int worker) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;

    /// Loads one worker's batches. Used by one thread at a time, [#abort] excepted.
    interface Loader extends AutoCloseable {

        /// Loads all rows of `load`, or none.
        ///
        /// Ends soon after the thread is interrupted, which is how a load's time and a run end.
        ///
        /// @throws LoadException        with what is known of the failure; any other exception is taken for a permanent
        ///                              failure, an IOException for a transient one
        /// @throws InterruptedException when interrupted
        void load(Load load) throws IOException, InterruptedException;

        /// Whether an earlier attempt, of which nobody knows how it ended, did load `load`. Asked before the attempt that
        /// follows [LoadException.Kind#UNKNOWN_OUTCOME], and before the first one where a run was started again.
        default boolean isLoaded(Load load) throws IOException, InterruptedException {
            return false;
        }

        /// The run is over and all batches are loaded: writes back what is not durable yet. Within the timed region.
        default void finish() throws IOException, InterruptedException {}

        /// Ends a load that does not heed interrupts. Called by another thread, after it interrupted the loading one;
        /// does not block.
        default void abort() {}

        @Override
        void close() throws IOException;
    }
}
