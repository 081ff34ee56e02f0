package dyno.engine.arrayrecord;

/// What there is to say of one chunk, of whatever type.
///
/// @param begin        offset of its first byte, a block header's where one comes first
/// @param end          offset past it
/// @param type         lower-case name, or the byte in hex where it is unknown
/// @param records      in it
/// @param dataBytes    length of its data, without block headers
/// @param decodedBytes sum of its records' lengths
/// @param compression  `none`, `zstd`, `snappy`, `brotli`, or the byte in hex; empty for chunks that hold no records
public record ChunkFacts(
        long begin, long end, String type, long records, long dataBytes, long decodedBytes, String compression) {}
