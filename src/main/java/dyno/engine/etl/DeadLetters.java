package dyno.engine.etl;

import java.io.IOException;

/// Keeps dead letters. Safe for any number of threads.
@FunctionalInterface
interface DeadLetters extends AutoCloseable {

    /// Writes it down durably; it counts once this returned.
    void write(DeadLetter letter) throws IOException;

    @Override
    default void close() throws IOException {}
}
