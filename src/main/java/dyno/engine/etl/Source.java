package dyno.engine.etl;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Where a pipeline's records come from. Opened anew for each run; safe for any number of threads.
///
/// @param <R> the record, where records are handed over one by one
/// @param <B> the batch
interface Source<R, B extends Batch> {

    /// Opens the source for one extracting thread. Together, the readers of all extractors give every record once.
    ///
    /// @param extractor 0-based
    /// @throws IOException where it cannot be read
    Reader<R, B> open(int extractor, Rejects rejects) throws IOException;

    /// One extractor's part. Used by one thread.
    interface Reader<R, B extends Batch> extends AutoCloseable {

        /// Appends at most `most` records to `batch`, fewer where a limit of the batch's bytes is reached or the source
        /// has no more.
        ///
        /// @return records appended, rejected ones not among them; 0 where the batch holds all it may or the source
        ///         has ended: [#isAtEnd] tells
        int fill(B batch, int most) throws IOException, InterruptedException;

        /// The next record by itself, or null at the end. A reader is asked by one of both ways only.
        @Nullable
        R next() throws IOException, InterruptedException;

        /// Whether everything was read. May be known only after a call that gave nothing.
        boolean isAtEnd();

        @Override
        void close() throws IOException;
    }

    /// Takes what the source read but could not make a record of. Such records count as extracted.
    @FunctionalInterface
    interface Rejects {

        /// @throws PipelineException where bad records end the run
        void reject(DeadLetter letter) throws IOException;
    }
}
