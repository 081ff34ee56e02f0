package dyno.engine.grouping;

import java.io.IOException;

/// A way from the input's files to the output's. Used by one thread at a time.
interface Grouping extends AutoCloseable {

    /// Does all of it once.
    ///
    /// @param run what the invocation is given, and where it says what it spent
    OutputTotals group(Invocation run) throws IOException, InterruptedException;

    @Override
    default void close() throws IOException {}
}
