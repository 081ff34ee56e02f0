package dyno.engine.arrayrecord;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.util.Arrays;

/// Encoded chunks, one behind the other, on their way from a worker's [ChunkEncoder] to the [ChunkAppender].
///
/// Keeps its memory, so that a few of them go round and round between workers and appender without allocating.
/// Used by one thread at a time; handing it over must be a happens-before edge, as queues make it.
public final class EncodedChunks {

    /// Arrays cannot be quite as long as an int can say.
    static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private static final int FIRST_CHUNKS = 16;
    private static final int FIRST_BYTES = 1 << 12;

    private byte[] data = new byte[FIRST_BYTES];
    private int size;
    private int count;
    private int[] ends = new int[FIRST_CHUNKS];
    private int[] records = new int[FIRST_CHUNKS];
    private long[] hashes = new long[FIRST_CHUNKS];
    private long[] decoded = new long[FIRST_CHUNKS];

    /// Forgets the chunks and keeps the memory.
    public void clear() {
        size = 0;
        count = 0;
    }

    /// How many chunks it holds.
    public int count() {
        return count;
    }

    /// Length of the chunks' data together.
    public int bytes() {
        return size;
    }

    /// Where the data of all chunks is; valid until the next chunk is added.
    public byte[] data() {
        return data;
    }

    /// Index in [#data] of a chunk's first byte.
    public int from(int chunk) {
        return chunk == 0 ? 0 : ends[chunk - 1];
    }

    /// Length of a chunk's data.
    public int length(int chunk) {
        return ends[chunk] - from(chunk);
    }

    /// [HighwayHash] of a chunk's data.
    public long hash(int chunk) {
        return hashes[chunk];
    }

    /// Records of a chunk.
    public int records(int chunk) {
        return records[chunk];
    }

    /// Sum of the lengths of a chunk's records.
    public long decodedBytes(int chunk) {
        return decoded[chunk];
    }

    /// Makes room for a chunk of at most `most` bytes behind the others.
    ///
    /// @return the array to write it to, from [#bytes] on
    /// @throws EngineException where the batch would pass what an array can hold
    byte[] room(long most) {
        long needed = size + most;
        if (needed > data.length) {
            if (needed > MAX_BYTES) {
                throw new EngineException(
                        FailureCode.ENGINE_ERROR,
                        "A batch of encoded chunks needs %d bytes, which is more than %d".formatted(needed, MAX_BYTES));
            }
            data = Arrays.copyOf(data, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * data.length)));
        }
        return data;
    }

    /// Adds the chunk that was written to [#room], up to `end`.
    void add(int end, int chunkRecords, long decodedBytes) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
            records = Arrays.copyOf(records, 2 * count);
            hashes = Arrays.copyOf(hashes, 2 * count);
            decoded = Arrays.copyOf(decoded, 2 * count);
        }
        ends[count] = end;
        records[count] = chunkRecords;
        hashes[count] = HighwayHash.hash(data, size, end - size);
        decoded[count] = decodedBytes;
        size = end;
        count++;
    }
}
