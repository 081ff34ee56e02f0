package dyno.engine;

import org.jspecify.annotations.Nullable;

/// What a trial read: decides whether two runs are comparable.
///
/// @param digest       `sha256:` and 64 hex digits; null where there is no input or it has no digest
/// @param digestReason why `digest` is null; null otherwise
/// @param items        records or rows of the input
/// @param bytes        bytes of the input
public record InputFacts(@Nullable String digest, @Nullable String digestReason, long items, long bytes) {

    /// For input that is a dataset: the service fills in the digest that it keeps of it.
    public static InputFacts ofDataset(long items, long bytes) {
        return new InputFacts(null, "OF_DATASET", items, bytes);
    }

    /// For engines that make their data and read none.
    public static InputFacts none() {
        return new InputFacts(null, "NO_INPUT", 0, 0);
    }
}
