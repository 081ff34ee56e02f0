package dyno.engine.marc;

import java.io.IOException;

/// Does a workload's operation on whole files, one at a time. Kept and reused; used by one thread at a time.
interface FileWorker {

    /// Processes a file.
    ///
    /// @param file       index among the input's files
    /// @param output     gets the output, in one part
    /// @param keepErrors how many errors are kept whole
    PartResult process(int file, FileOutput output, int keepErrors) throws IOException;
}
