package dyno.engine.arrayrecord;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.kernel.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Files as Google's own writer makes them.
class GoldenFileTest {

    static final String DIGITS_SHA256 = "09711a18831aca78d4af4b09975009a069b0f73ea281fc7ac8ac03872e443f31";

    private static final String FIRST_64_BYTES = "83af70d10d884a3f0000000000000000400000000000000091bac23c9287e1a9"
            + "0000000000000000e19f13c0e9b1c37273000000000000000000000000000000";

    @Test
    void writesTheFiveDigitsAsGoogleDoes() throws IOException {
        byte[] file = write("group_size:1,uncompressed", "0", "1", "2", "3", "4");

        assertThat(file).hasSize(131_072);
        assertThat(new Sha256().update(file, 0, file.length).hex()).isEqualTo(DIGITS_SHA256);
        assertThat(HexFormat.of().formatHex(file, 0, 64)).isEqualTo(FIRST_64_BYTES);
    }

    @Test
    void interruptsALongRecordWithBlockHeaders() throws IOException {
        byte[] file = write("uncompressed", "x".repeat(200_000));

        assertThat(blockHeader(file, 65_536)).containsExactly(65_472, 134_645);
        assertThat(blockHeader(file, 131_072)).containsExactly(131_008, 69_109);
        assertThat(blockHeader(file, 196_608)).containsExactly(196_544, 3_573);
        assertThat(ChunkHeader.parse(file, 64, 64).dataBytes()).isEqualTo(200_005);
        assertThat(ChunkHeader.parse(file, 200_181, 200_181).records()).isEqualTo(2);
    }

    private static long[] blockHeader(byte[] file, int at) {
        assertThat(LittleEndian.longAt(file, at)).isEqualTo(HighwayHash.hash(file, at + 8, 16));
        return new long[] {LittleEndian.longAt(file, at + 8), LittleEndian.longAt(file, at + 16)};
    }

    private static byte[] write(String options, String... records) throws IOException {
        var file = new ByteArrayOutputStream();
        try (var writer = ArrayRecordWriter.to(Channels.newChannel(file), WriterOptions.parse(options))) {
            for (var text : records) {
                writer.write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
            assertThat(writer.finish().bytes()).isEqualTo(file.size());
        }
        return file.toByteArray();
    }
}
