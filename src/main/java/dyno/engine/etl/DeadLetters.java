package dyno.engine.etl;

import java.io.IOException;

/// Keeps dead letters. Safe for any number of threads.
interface DeadLetters extends AutoCloseable {

    /// Writes it down durably; it counts once this returned.
    void write(DeadLetter letter) throws IOException;

    @Override
    void close() throws IOException;
}
