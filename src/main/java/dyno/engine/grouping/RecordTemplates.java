package dyno.engine.grouping;

import java.util.HexFormat;

/// What is the same in every record: the messages that Arrow Java 18.3.0's `MessageSerializer` writes for the two
/// schemas, and the begin of those for the batches.
///
/// ```text
/// batch message: 0 ff ff ff ff · 4 metadata length · 32 body length · 72 rows
///                88 buffers (offset, length) …, int32 0, int32 nodes, nodes (rows, nulls) …          all else constant
/// ```
///
/// @see <a href="https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc">
///     Arrow IPC</a>
final class RecordTemplates {

    static final int NESTED_SCHEMA_BYTES = 392;
    static final int NESTED_BATCH_BYTES = 368;
    static final int NESTED_NODES = 5;
    static final int NESTED_NODES_AT = 288;

    static final int OUTER_SCHEMA_BYTES = 488;
    static final int OUTER_BATCH_BYTES = 400;
    static final int OUTER_NODES = 6;
    static final int OUTER_NODES_AT = 304;

    static final int BODY_LENGTH_AT = 32;
    static final int ROWS_AT = 72;
    static final int BUFFERS_AT = 88;

    /// Marks the begin of a message; followed by a length of zero, the end of a stream.
    static final int CONTINUATION = 0xffffffff;

    static final int END_BYTES = 8;

    /// A record's bytes beside the nested stream: schema, batch, 48 bytes of columns, end.
    static final int OUTER_BYTES = OUTER_SCHEMA_BYTES + OUTER_BATCH_BYTES + 48 + END_BYTES;

    private static final byte[] NESTED = HexFormat.of().parseHex("""
            ffffffff800100001000000000000a000e0006000d0008000a000000000004001000000000010a000c00000008000400\
            0a0000000800000008000000000000000500000004010000b800000080000000380000000400000022ffffff14000000\
            1400000014000000000003011400000000000000000000000effffff00000100030000007274740052ffffff14000000\
            140000001c0000000000020120000000000000000000000008000c00080007000800000000000001080000000a000000\
            69705f76657273696f6e000096ffffff14000000140000001400000000000501100000000000000000000000ccffffff\
            080000006473745f6164647200000000caffffff14000000140000001800000000000501140000000000000000000000\
            0400040004000000080000007372635f616464720000120018001400130012000c000000080004001200000014000000\
            140000001c00000000000a011c0000000000000000000000000006000800060006000000000002000a0000006576656e\
            745f74696d650000""");

    private static final byte[] OUTER = HexFormat.of().parseHex("""
            ffffffffe00100001000000000000a000e0006000d0008000a000000000004001000000000010a000c00000008000400\
            0a000000080000000800000000000000060000006401000014010000d0000000840000004400000004000000c6feffff\
            14000000140000001400000000000a0114000000000000000000000086ffffff000002000e0000006c6173745f74696d\
            657374616d70000002ffffff14000000140000001400000000000a01140000000000000000000000c2ffffff00000200\
            0f00000066697273745f74696d657374616d70003effffff14000000140000001c000000000003011c00000000000000\
            00000000000006000800060006000000000002001100000074696d655f7370616e5f7365636f6e647300000086ffffff\
            1400000014000000140000000000020118000000000000000000000074ffffff00000001200000000e0000006e5f6d65\
            61737572656d656e74730000c6ffffff1400000014000000180000000000040114000000000000000000000004000400\
            040000000c0000006d6561737572656d656e74730000120018001400130012000c000000080004001200000014000000\
            140000001c0000000000020120000000000000000000000008000c000800070008000000000000014000000006000000\
            7372635f69640000""");

    private static final byte[] NESTED_BATCH = HexFormat.of().parseHex("""
            ffffffff6801000014000000000000000c0016000e001500100004000c00000000000000000000000000040010000000\
            00030a0018000c00080004000a00000014000000d80000000000000000000000000000000c000000""");

    private static final byte[] OUTER_BATCH = HexFormat.of().parseHex("""
            ffffffff8801000014000000000000000c0016000e001500100004000c00000000000000000000000000040010000000\
            00030a0018000c00080004000a00000014000000e80000000100000000000000000000000d000000""");

    /// Schema and the constant begin of the batch, up to its buffers.
    static void putNested(byte[] target, int at) {
        System.arraycopy(NESTED, 0, target, at, NESTED_SCHEMA_BYTES);
        System.arraycopy(NESTED_BATCH, 0, target, at + NESTED_SCHEMA_BYTES, BUFFERS_AT);
    }

    /// Schema and the constant begin of the batch, up to its buffers.
    static void putOuter(byte[] target, int at) {
        System.arraycopy(OUTER, 0, target, at, OUTER_SCHEMA_BYTES);
        System.arraycopy(OUTER_BATCH, 0, target, at + OUTER_SCHEMA_BYTES, BUFFERS_AT);
    }

    /// The end of a stream.
    static void putEnd(byte[] target, int at) {
        Bytes.putInt(target, at, CONTINUATION);
        Bytes.putInt(target, at + 4, 0);
    }

    private RecordTemplates() {}
}
