package dyno.engine.arrayrecord;

/// Where chunks end in a file that a header interrupts every 64 KiB. Offsets are bytes from the file's start.
///
/// ```text
/// 0            65536          131072
/// ├────┬───────┼────┬──────────┼────┬─────
/// │ 24 │ chunks│ 24 │ chunks   │ 24 │        a header interrupts whatever is there, chunk headers too
/// └────┴───────┴────┴──────────┴────┴─────
/// ```
///
/// @see <a href="https://github.com/google/riegeli/blob/master/doc/riegeli_records_file_format.md">Riegeli/records</a>
final class Blocks {

    static final int BYTES = 1 << 16;
    static final int HEADER_BYTES = 24;

    private static final int USABLE_BYTES = BYTES - HEADER_BYTES;

    /// Offset past `bytes` that are written from a chunk's begin on, block headers between them counted.
    static long end(long begin, long bytes) {
        long used = Math.floorMod(begin + USABLE_BYTES - 1, (long) BYTES);
        return begin + bytes + HEADER_BYTES * ((bytes + used) / USABLE_BYTES);
    }

    /// Offset past a chunk, where the next one begins. A chunk is at least as long as it has records, and none
    /// begins within a block's header or right behind one.
    static long chunkEnd(long begin, long dataBytes, long records) {
        long least = begin + records;
        long past = Math.floorMod(-least, (long) BYTES) - (USABLE_BYTES - 1);
        return Math.max(end(begin, ChunkHeader.BYTES + dataBytes), least + Math.max(0, past));
    }

    private Blocks() {}
}
