package dyno.engine.arrayrecord;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.util.Arrays;

/// Collects records and makes chunks of them: encodes, compresses and hashes. One for each worker; used by one
/// thread at a time. Allocates only while its buffers grow.
///
/// ```java
/// int at = encoder.begin(length);          // room for a record whose length is known
/// write(encoder.buffer(), at);             // exactly `length` bytes
/// if (encoder.isFull()) encoder.finish(batch);
/// ```
public final class ChunkEncoder implements AutoCloseable {

    private static final int FIRST_BYTES = 1 << 16;

    private final int groupSize;
    private final SimpleChunkEncoder simple;
    private byte[] values = new byte[FIRST_BYTES];
    private int valuesSize;
    private byte[] sizes = new byte[Varint.MAX_BYTES];
    private int sizesSize;
    private int records;

    public ChunkEncoder(WriterOptions options) {
        this.groupSize = options.groupSize();
        this.simple = new SimpleChunkEncoder(options.compression());
    }

    /// Adds a record of `length` bytes that the caller writes to [#buffer], before anything else is called here.
    ///
    /// @return index in [#buffer] of the record's first byte
    /// @throws EngineException where the chunk's records together would pass what an array can hold
    public int begin(int length) {
        int at = valuesSize;
        ensureValues((long) at + length);
        if (sizes.length - sizesSize < Varint.MAX_BYTES) {
            sizes = Arrays.copyOf(sizes, 2 * sizes.length);
        }
        sizesSize = Varint.put(sizes, sizesSize, length);
        valuesSize += length;
        records++;
        return at;
    }

    /// The array of the records collected; valid until the next [#begin] or [#add].
    public byte[] buffer() {
        return values;
    }

    /// Adds a record by copying it.
    public void add(byte[] bytes, int from, int length) {
        int at = begin(length);
        System.arraycopy(bytes, from, values, at, length);
    }

    /// Records collected since the last chunk.
    public int records() {
        return records;
    }

    /// Whether as many records are collected as a chunk has.
    public boolean isFull() {
        return records == groupSize;
    }

    /// Makes a chunk of the records collected, where there are any, and starts anew.
    ///
    /// @param target the batch that it is appended to
    public void finish(EncodedChunks target) {
        if (records > 0) {
            simple.encode(new ByteRange(sizes, 0, sizesSize), new ByteRange(values, 0, valuesSize), records, target);
            valuesSize = 0;
            sizesSize = 0;
            records = 0;
        }
    }

    /// Frees the zstd context.
    @Override
    public void close() {
        simple.close();
    }

    private void ensureValues(long needed) {
        if (needed > values.length) {
            if (needed > EncodedChunks.MAX_BYTES) {
                throw new EngineException(
                        FailureCode.ENGINE_ERROR,
                        "A chunk of %d records has %d bytes, which is more than %d"
                                .formatted(records + 1, needed, EncodedChunks.MAX_BYTES));
            }
            values = Arrays.copyOf(
                    values, (int) Math.min(EncodedChunks.MAX_BYTES, Math.max(needed, 2L * values.length)));
        }
    }
}
