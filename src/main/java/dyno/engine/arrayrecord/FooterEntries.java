package dyno.engine.arrayrecord;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The index that a file ends with: one protocol message a chunk, encoded as chunks come, because tens of millions
/// of them as objects would not fit. Used by one thread at a time.
///
/// ```text
/// record 0      {1: {1: version = 1, 2: chunks, 3: records, 4: writer options}}
/// record 1 …    {1: chunk offset, 2: decoded size, 3: records}      one for each chunk of records
/// ```
final class FooterEntries {

    static final int VERSION = 1;

    /// Tags of protocol fields: number << 3, and 2 where the value has a length.
    static final int FIELD_1 = 1 << 3;

    static final int FIELD_2 = 2 << 3;
    static final int FIELD_3 = 3 << 3;
    static final int MESSAGE_1 = 1 << 3 | 2;
    static final int TEXT_4 = 4 << 3 | 2;

    /// Left free before the entries, for record 0 and its size, which are known last.
    private static final int GAP_BYTES = 512;

    private static final int MOST_ENTRY_BYTES = 3 * (1 + Varint.MAX_BYTES);

    private byte[] values = new byte[1 << 13];
    private int valuesEnd = GAP_BYTES;
    private byte[] sizes = new byte[1 << 10];
    private int sizesEnd = GAP_BYTES;
    private long chunks;
    private long records;
    private long decodedBytes;

    void add(long offset, long chunkDecodedBytes, long chunkRecords) {
        values = withRoom(values, valuesEnd, MOST_ENTRY_BYTES);
        sizes = withRoom(sizes, sizesEnd, 1);
        int pos = valuesEnd;
        pos = putNumber(values, pos, FIELD_1, offset);
        pos = putNumber(values, pos, FIELD_2, chunkDecodedBytes);
        pos = putNumber(values, pos, FIELD_3, chunkRecords);
        sizes[sizesEnd++] = (byte) (pos - valuesEnd); // at most 33
        valuesEnd = pos;
        chunks++;
        records += chunkRecords;
        decodedBytes += chunkDecodedBytes;
    }

    long chunks() {
        return chunks;
    }

    long records() {
        return records;
    }

    long decodedBytes() {
        return decodedBytes;
    }

    /// The footer chunk, compressed like the others.
    EncodedChunks encode(WriterOptions options) {
        byte[] head = head(options);
        int valuesFrom = GAP_BYTES - head.length;
        System.arraycopy(head, 0, values, valuesFrom, head.length);
        int sizesFrom = GAP_BYTES - Varint.length(head.length);
        Varint.put(sizes, sizesFrom, head.length);
        var footer = new EncodedChunks();
        try (var encoder = new SimpleChunkEncoder(options.compression())) {
            encoder.encode(
                    new ByteRange(sizes, sizesFrom, sizesEnd - sizesFrom),
                    new ByteRange(values, valuesFrom, valuesEnd - valuesFrom),
                    Math.toIntExact(chunks + 1),
                    footer);
        }
        return footer;
    }

    private byte[] head(WriterOptions options) {
        byte[] text = options.text().getBytes(StandardCharsets.US_ASCII);
        byte[] inner = new byte[text.length + 4 * (1 + Varint.MAX_BYTES)];
        int end = putNumber(inner, 0, FIELD_1, VERSION);
        end = putNumber(inner, end, FIELD_2, chunks);
        end = putNumber(inner, end, FIELD_3, records);
        end = putNumber(inner, end, TEXT_4, text.length);
        System.arraycopy(text, 0, inner, end, text.length);
        end += text.length;
        byte[] head = new byte[1 + Varint.length(end) + end];
        int from = putNumber(head, 0, MESSAGE_1, end);
        System.arraycopy(inner, 0, head, from, end);
        return head;
    }

    /// A field's tag and number; a text's or message's tag and length.
    static int putNumber(byte[] target, int at, int tag, long value) {
        return Varint.put(target, Varint.put(target, at, tag), value);
    }

    private static byte[] withRoom(byte[] array, int size, int more) {
        if (array.length - size >= more) {
            return array;
        }
        if (size > EncodedChunks.MAX_BYTES - more) {
            throw new EngineException(
                    FailureCode.ENGINE_ERROR, "The footer of so many chunks passes %d bytes".formatted(size));
        }
        return Arrays.copyOf(array, (int) Math.min(EncodedChunks.MAX_BYTES, 2L * array.length));
    }
}
