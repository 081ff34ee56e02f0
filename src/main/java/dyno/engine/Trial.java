package dyno.engine;

import java.io.IOException;

/// A case prepared in one fork: input made, buffers allocated, ready to be invoked.
///
/// Used by one thread at a time, in the order `reset`, `invoke` …, `measuringStarts`, `invoke…`, `verify`, `report`,
/// `close`; `close` may come at any point and releases threads, memory outside the heap and files.
public interface Trial extends AutoCloseable {

    /// Undoes what the last invocation left behind and a next one would find: rows in a table, or the room that rows
    /// take which a table has lost. Called before each invocation, warm-ups too; not timed.
    default void reset() throws IOException, InterruptedException {}

    /// Does the work once. This, and nothing else, is the timed region.
    ///
    /// @throws EngineException      where the work cannot be done
    /// @throws InterruptedException when the thread is interrupted
    Work invoke() throws IOException, InterruptedException;

    /// Warm-up is over: clocks and totals of phases start anew.
    default void measuringStarts() {}

    /// Checks what the invocations made. Not timed.
    Verification verify() throws IOException, InterruptedException;

    /// What is known of the measured invocations beyond their time. Called after [#verify].
    TrialReport report();

    @Override
    void close() throws IOException;
}
