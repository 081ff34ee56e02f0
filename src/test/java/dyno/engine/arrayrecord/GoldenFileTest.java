package dyno.engine.arrayrecord;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.kernel.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Files as Google's own writer makes them.
class GoldenFileTest {

    static final String DIGITS_SHA256 = "09711a18831aca78d4af4b09975009a069b0f73ea281fc7ac8ac03872e443f31";

    private static final String FIRST_64_BYTES = "83af70d10d884a3f0000000000000000400000000000000091bac23c9287e1a9"
            + "0000000000000000e19f13c0e9b1c37273000000000000000000000000000000";

    /// Where developers have it.
    private static final Path GOOGLES_FILE =
            Path.of("..", "shared", "data", "arrayrecord", "digits.array_record-00000-of-00002");

    @TempDir
    private Path folder;

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

    @TestFactory
    Stream<DynamicTest> readsAndRewritesWhatGoogleWrote() {
        var ours = DynamicTest.dynamicTest(
                "written here", () -> assertIsDigits(write("group_size:1,uncompressed", "0", "1", "2", "3", "4")));
        var google = Stream.of(GOOGLES_FILE)
                .filter(Files::isReadable)
                .map(path ->
                        DynamicTest.dynamicTest("written by Google", () -> assertIsDigits(Files.readAllBytes(path))));
        return Stream.concat(Stream.of(ours), google);
    }

    private void assertIsDigits(byte[] bytes) throws IOException {
        var path = Files.write(folder.resolve("digits"), bytes);
        var chunks = new ArrayList<ChunkFacts>();
        var blocks = new ArrayList<BlockFacts>();

        assertThat(Inspector.inspect(path, chunks::add, blocks::add).defects()).isEmpty();
        assertThat(blocks).containsExactly(new BlockFacts(0, 0, 64), new BlockFacts(65_536, 0, 108));
        assertThat(chunks)
                .extracting(ChunkFacts::begin)
                .containsExactly(0L, 64L, 108L, 152L, 196L, 240L, 284L, 462L, 65_536L, 65_644L);
        assertThat(chunks)
                .extracting(ChunkFacts::dataBytes)
                .containsExactly(0L, 4L, 4L, 4L, 4L, 4L, 138L, 65_034L, 44L, 65_388L);
        var records = new ArrayList<String>();
        try (var file = ArrayRecordFile.open(path)) {
            for (int i = 0; i < file.records(); i++) {
                records.add(new String(file.get(i), StandardCharsets.US_ASCII));
            }
        }
        assertThat(records).containsExactly("0", "1", "2", "3", "4");
        assertThat(write("group_size:1,uncompressed", records.toArray(String[]::new)))
                .isEqualTo(bytes);
    }

    private static long[] blockHeader(byte[] file, int at) {
        assertThat(LittleEndian.longAt(file, at)).isEqualTo(HighwayHash.hash(file, at + 8, 16));
        return new long[] {LittleEndian.longAt(file, at + 8), LittleEndian.longAt(file, at + 16)};
    }

    private static byte[] write(String options, String... records) throws IOException {
        var file = new ByteArrayOutputStream();
        try (var writer = ArrayRecordWriter.to(Channels.newChannel(file), WriterOptions.parse(options))) {
            for (var text : records) {
                writer.write(text.getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(writer.finish().bytes()).isEqualTo(file.size());
        }
        return file.toByteArray();
    }
}
