package dyno.engine.arrayrecord;

/// Where chunks end, for readers: found by stepping from block to block, not by the writer's formula in [Blocks], so
/// that a mistake in either shows. Offsets are bytes from the file's start.
final class Extent {

    /// Offset past `length` bytes from `begin` on, block headers between them skipped.
    static long dataEnd(long begin, long length) {
        long pos = begin;
        long left = length;
        while (left > 0) {
            long within = pos % Blocks.BYTES;
            if (within == 0) {
                pos += Blocks.HEADER_BYTES;
                within = Blocks.HEADER_BYTES;
            }
            long part = Math.min(left, Blocks.BYTES - within);
            pos += part;
            left -= part;
        }
        return pos;
    }

    /// Offset past a chunk: behind its data, and not before it has a byte for each record.
    static long chunkEnd(long begin, long dataBytes, long records) {
        long end = Math.max(dataEnd(begin, ChunkHeader.BYTES + dataBytes), begin + records);
        while (!isChunkBoundary(end)) {
            end++;
        }
        return end;
    }

    /// Chunks begin at a block's header, before it, or at least one byte behind it.
    static boolean isChunkBoundary(long offset) {
        long within = offset % Blocks.BYTES;
        return within == 0 || within > Blocks.HEADER_BYTES;
    }

    private Extent() {}
}
