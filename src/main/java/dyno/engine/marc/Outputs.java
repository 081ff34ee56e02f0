package dyno.engine.marc;

/// Makes the outputs of an invocation.
@FunctionalInterface
interface Outputs {

    /// The output of one file; whoever asks closes it.
    FileOutput of(int file);

    /// Nothing is kept.
    Outputs DISCARDED = file -> new DiscardedOutput();
}
