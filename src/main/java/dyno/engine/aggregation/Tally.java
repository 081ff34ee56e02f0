package dyno.engine.aggregation;

/// Further counts of an invocation.
///
/// @param chunks             of pod rows
/// @param maxChunksInFlight  most chunks that were read and not yet aggregated at a time
/// @param distinctLabelTexts raw texts that were parsed and remembered; null where rows are parsed one by one
/// @param labelParses        texts parsed
record Tally(
        long chunks,
        long maxChunksInFlight,
        @org.jspecify.annotations.Nullable Long distinctLabelTexts,
        long labelParses) {}
