package dyno.engine.etl;

/// What is done with records. Safe for any number of threads.
///
/// @param <B> the batch
interface Transform<B extends Batch> {

    /// A transformer for one worker.
    Transformer<B> open();

    /// Transforms one batch after the other. Used by one worker; its [#slice] by several threads at a time.
    interface Transformer<B extends Batch> {

        /// Makes room for the rows of `batch`.
        ///
        /// @return the rows, valid until the next call
        Results start(B batch);

        /// Transforms some of the started batch's records; slices do not overlap and write to their own rows only.
        ///
        /// @param from first record
        /// @param to   past the last one
        void slice(B batch, int from, int to) throws InterruptedException;
    }
}
