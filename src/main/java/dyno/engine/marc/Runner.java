package dyno.engine.marc;

import java.io.IOException;

/// A strategy: how the files of the input are spread over threads or processes. Used by one thread at a time.
interface Runner extends AutoCloseable {

    /// Does all the work once.
    ///
    /// @param outputs    where the output of each file goes
    /// @param keepErrors how many errors are kept whole
    RunResult run(Outputs outputs, int keepErrors) throws IOException, InterruptedException;

    /// Threads or processes at work at the same time.
    int workers();

    /// Ends threads and processes.
    @Override
    void close();
}
