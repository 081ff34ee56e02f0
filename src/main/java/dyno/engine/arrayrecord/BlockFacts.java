package dyno.engine.arrayrecord;

/// A header that interrupts a chunk.
///
/// @param offset   of the header, a multiple of 65,536
/// @param previous how long ago the chunk began that it interrupts
/// @param next     how far from the header's begin that chunk ends
public record BlockFacts(long offset, long previous, long next) {}
