package dyno.engine;

/// What one invocation got done.
///
/// @param items things of the engine's kind (records, rows), 0 where the engine counts bytes only
/// @param bytes bytes made or read
public record Work(long items, long bytes) {}
