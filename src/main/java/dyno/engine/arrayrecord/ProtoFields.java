package dyno.engine.arrayrecord;

import java.nio.charset.StandardCharsets;

/// Fields 1 to 4 of a protocol message: numbers, texts and messages. Others are skipped. Absent numbers are 0.
///
/// @see <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers, encoding</a>
final class ProtoFields {

    private static final int FIELDS = 5;
    private static final int NUMBER = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH = 2;
    private static final int FOUR_BYTES = 5;

    private final long[] numbers = new long[FIELDS];
    private final ByteRange[] ranges = new ByteRange[FIELDS];

    /// @param chunk offset of the chunk that the message is in, for errors
    ProtoFields(ByteRange message, long chunk) {
        java.util.Arrays.fill(ranges, new ByteRange(message.bytes(), 0, 0));
        var reader = new Varint.Reader(message.bytes(), message.from(), message.from() + message.length(), chunk);
        while (reader.remaining() > 0) {
            long tag = reader.next();
            int field = Math.clamp(tag >>> 3, 0, FIELDS);
            switch ((int) tag & 7) {
                case NUMBER -> {
                    long value = reader.next();
                    if (field < FIELDS) {
                        numbers[field] = value;
                    }
                }
                case LENGTH -> {
                    int length = reader.nextUpTo(reader.remaining(), "Length of a field");
                    require(length, reader, chunk);
                    if (field < FIELDS) {
                        ranges[field] = new ByteRange(message.bytes(), reader.position(), length);
                    }
                    reader.skip(length);
                }
                case EIGHT_BYTES -> {
                    require(Long.BYTES, reader, chunk);
                    reader.skip(Long.BYTES);
                }
                case FOUR_BYTES -> {
                    require(Integer.BYTES, reader, chunk);
                    reader.skip(Integer.BYTES);
                }
                default ->
                    throw new InvalidArrayRecordException(chunk, "A message has a field with tag %d".formatted(tag));
            }
        }
    }

    long number(int field) {
        return numbers[field];
    }

    ByteRange message(int field) {
        return ranges[field];
    }

    String text(int field) {
        var range = ranges[field];
        return new String(range.bytes(), range.from(), range.length(), StandardCharsets.UTF_8);
    }

    private static void require(int length, Varint.Reader reader, long chunk) {
        if (length > reader.remaining()) {
            throw new InvalidArrayRecordException(chunk, "A message ends within a field");
        }
    }
}
