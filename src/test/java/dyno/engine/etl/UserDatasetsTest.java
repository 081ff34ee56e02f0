package dyno.engine.etl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dyno.engine.DatasetFile;
import dyno.engine.DatasetKind.ReceivedFile;
import dyno.engine.DatasetKind.TakenFile;
import dyno.engine.DatasetTooLargeException;
import dyno.engine.InvalidDatasetException;
import dyno.support.TestFolders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserDatasetsTest {

    private static final String GOOD = "{\"id\":5}\n\n{\"name\":\"é\",\"id\":-7}\r\n   \n{\"id\":9,\"x\":[]}";

    private final Path scratch = TestFolders.fresh("users");
    private final UserDatasets kind = new UserDatasets();

    @Test
    void takesLinesWithAndWithoutTheirEnds() throws Exception {
        var taken = take(GOOD.getBytes(UTF_8), 1_000);

        assertThat(taken.content()).isEqualTo(scratch.resolve("sent"));
        assertThat(taken.facts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "lines", 3L,
                        "lineBytes", 8L + 21 + 15,
                        "smallestLineBytes", 8L,
                        "largestLineBytes", 21L,
                        "meanLineBytes", 44 / 3.0,
                        "firstId", 5L,
                        "lastId", 9L));
    }

    @Test
    void keepsGzipUnpacked() throws Exception {
        var taken = take(gzip(GOOD), 1_000);

        assertThat(taken.content()).hasContent(GOOD);
        assertThat(taken.facts()).containsEntry("lines", 3L);
    }

    @Test
    void refusesGzipThatUnpacksToMoreThanMayBeKept() {
        assertThatExceptionOfType(DatasetTooLargeException.class)
                .isThrownBy(() -> take(gzip("{\"id\":1}\n".repeat(1_000)), 8_999));
    }

    @Test
    void refusesGzipThatIsCutShort() throws Exception {
        var whole = gzip(GOOD);
        var failure = catchThrowableOfType(
                InvalidDatasetException.class, () -> take(Arrays.copyOf(whole, whole.length - 9), 1_000));

        assertThat(failure).hasMessageContaining("gzip");
        assertThat(failure.place()).containsEntry("file", "a.jsonl");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"id":1}~[]~{}               | 2 | 9
                    {"id":1}~~{"id":2            | 3 | 10
                    {"id":1}^~{"id":2}{}         | 2 | 10
                    {"a":"\u00ff"}               | 1 | 0
                    {"id":1}~x                   | 2 | 9
                    """)
    void namesTheLineThatIsNoObject(String content, long line, long offset) {
        var bytes = content.replace('~', '\n').replace('^', '\r').getBytes(ISO_8859_1);
        var failure = catchThrowableOfType(InvalidDatasetException.class, () -> take(bytes, 1_000));

        assertThat(failure.place()).isEqualTo(Map.of("file", "a.jsonl", "line", line, "byte", offset));
    }

    @ParameterizedTest
    @CsvSource({"''", "'\n \r\n'"})
    void refusesAFileWithoutARecord(String content) {
        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> take(content.getBytes(UTF_8), 1_000))
                .withMessageContaining("no record");
    }

    @Test
    void takesLinesOfSixteenMebibytesAndNoLonger() throws Exception {
        var longest = new byte[JsonLines.MAX_LINE_BYTES];
        Arrays.fill(longest, (byte) ' ');
        longest[0] = '{';
        longest[longest.length - 1] = '}';
        assertThat(take(longest, Long.MAX_VALUE).facts()).containsEntry("largestLineBytes", 16L << 20);

        var head = "{\"id\":1}\n".getBytes(UTF_8);
        var tooLong = Arrays.copyOf(head, head.length + longest.length + 1);
        System.arraycopy(longest, 0, tooLong, head.length, longest.length);
        tooLong[tooLong.length - 1] = ' ';
        var failure = catchThrowableOfType(InvalidDatasetException.class, () -> take(tooLong, Long.MAX_VALUE));
        assertThat(failure).hasMessageContaining("longer than 16777216 bytes");
        assertThat(failure.place()).containsEntry("line", 2L).containsEntry("byte", 9L);
    }

    @Test
    void addsFilesUp() throws Exception {
        var one = new DatasetFile(
                "a", scratch, 1, "", take(GOOD.getBytes(UTF_8), 1_000).facts());
        var other = new DatasetFile(
                "b", scratch, 1, "", take("{\"id\":70}".getBytes(UTF_8), 1_000).facts());

        assertThat(kind.facts(List.of(one, other)))
                .containsEntry("lines", 4L)
                .containsEntry("smallestLineBytes", 8L)
                .containsEntry("largestLineBytes", 21L)
                .containsEntry("meanLineBytes", 53 / 4.0)
                .containsEntry("firstId", 5L)
                .containsEntry("lastId", 70L);
    }

    private TakenFile take(byte[] content, long maxBytes) throws IOException {
        var sent = scratch.resolve("sent");
        Files.write(sent, content);
        return kind.take(new ReceivedFile("a.jsonl", sent, scratch, maxBytes));
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
