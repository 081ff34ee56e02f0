package dyno.engine.arrayrecord;

/// The 40 bytes that a chunk begins with, five little-endian words.
///
/// ```text
/// 0                8           16             24                    32             40
/// ├────────────────┼───────────┼──────────────┼──────┬──────────────┼──────────────┤
/// │ hash of the    │ data size │ hash of data │ type │ records      │ decoded size │
/// │ next 32 bytes  │           │              │ u8   │ u56          │              │
/// └────────────────┴───────────┴──────────────┴──────┴──────────────┴──────────────┘
/// ```
///
/// @param dataBytes    length of the data, without block headers
/// @param dataHash     [HighwayHash] of the data, without block headers
/// @param type         the type's byte
/// @param records      how many, below 2^56
/// @param decodedBytes sum of the records' lengths
record ChunkHeader(long dataBytes, long dataHash, int type, long records, long decodedBytes) {

    static final int BYTES = 40;

    private static final int HASHED_FROM = 8;

    /// @param offset of the chunk, for the error
    /// @throws InvalidArrayRecordException where the hash says that the header is damaged
    static ChunkHeader parse(byte[] bytes, int at, long offset) {
        long expected = LittleEndian.longAt(bytes, at);
        long found = HighwayHash.hash(bytes, at + HASHED_FROM, BYTES - HASHED_FROM);
        if (expected != found) {
            throw new InvalidArrayRecordException(
                    offset,
                    "Chunk header is damaged: its hash is %016x, but should be %016x".formatted(found, expected));
        }
        long typeAndRecords = LittleEndian.longAt(bytes, at + 24);
        return new ChunkHeader(
                LittleEndian.longAt(bytes, at + 8),
                LittleEndian.longAt(bytes, at + 16),
                (int) typeAndRecords & 0xff, // one byte
                typeAndRecords >>> 8,
                LittleEndian.longAt(bytes, at + 32));
    }
}
