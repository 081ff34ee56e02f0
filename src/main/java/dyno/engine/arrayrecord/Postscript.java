package dyno.engine.arrayrecord;

/// The chunk at the begin of a file's last block, which says where the footer is: three equal records
/// `{1: footer offset, 2: magic}`, never compressed.
final class Postscript {

    static final long MAGIC = 0x71930e704fdae05eL;

    private static final int COPIES = 3;

    static EncodedChunks encode(long footerOffset) {
        byte[] one = new byte[2 * (1 + Varint.MAX_BYTES)];
        int length = FooterEntries.putNumber(one, 0, FooterEntries.FIELD_1, footerOffset);
        length = FooterEntries.putNumber(one, length, FooterEntries.FIELD_2, MAGIC);
        var chunks = new EncodedChunks();
        try (var encoder = new ChunkEncoder(new WriterOptions(COPIES, Compression.NONE))) {
            for (int i = 0; i < COPIES; i++) {
                encoder.add(one, 0, length);
            }
            encoder.finish(chunks);
        }
        return chunks;
    }

    private Postscript() {}
}
