package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.DatasetFile;
import dyno.engine.DatasetKind.ReceivedFile;
import dyno.engine.DatasetKind.TakenFile;
import dyno.engine.DatasetTooLargeException;
import dyno.engine.InvalidDatasetException;
import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.Generate;
import dyno.engine.marc.MarcWorkload.Shape;
import dyno.support.Mrc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarcDatasetsTest {

    private static final Path FOLDER = Path.of("..", "shared", "data", "marc");
    private static final long ANY_SIZE = 1L << 40;

    private final MarcDatasets kind = new MarcDatasets();

    @TempDir
    private Path folder;

    private int files;

    @Test
    void countsDamagedRecordsAndSaysWhereTheFirstAre() throws Exception {
        var facts = take(Reading.damaged()).facts();

        assertThat(facts)
                .containsEntry("bytes", 2_474_654L)
                .containsEntry("records", 10_000L)
                .containsEntry("recordsRepaired", 173L)
                .containsEntry("recordsDropped", 0L)
                .containsEntry("fields", 68_628L);
        assertThat(facts.get("errors"))
                .isEqualTo(Map.ofEntries(
                        Map.entry("LENGTH_MISMATCH", 45L),
                        Map.entry("BASE_ADDRESS_INVALID", 30L),
                        Map.entry("ENTRY_NOT_NUMERIC", 17L),
                        Map.entry("FIELD_OUT_OF_BOUNDS", 17L),
                        Map.entry("FIELD_UNTERMINATED", 16L),
                        Map.entry("RECORD_TERMINATOR_MISSING", 15L),
                        Map.entry("UTF8_INVALID", 15L),
                        Map.entry("PADDING", 14L),
                        Map.entry("LENGTH_NOT_NUMERIC", 13L),
                        Map.entry("DELIMITER_MISSING", 5L)));
        assertThat((List<?>) facts.get("firstErrors"))
                .hasSize(100)
                .first()
                .satisfies(error -> assertThat(error)
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                        .containsEntry("code", "LENGTH_MISMATCH")
                        .containsEntry("record", 19L)
                        .containsEntry("byteOffset", 4_645L));
    }

    @Test
    void tellsEncodingsAndTheLongest() throws Exception {
        var utf8 = Reading.generate(Shape.REALISTIC, 300);
        var marc8 = Reading.generate(new Generate(200, Shape.REALISTIC, 0, Encoding.MARC8, 42));
        var both = Arrays.copyOf(utf8, utf8.length + marc8.length);
        System.arraycopy(marc8, 0, both, utf8.length, marc8.length);

        var facts = take(both).facts();

        assertThat(facts.get("encodings")).isEqualTo(Map.of(" ", 200L, "a", 300L));
        int longestRecord = 0;
        int longestField = 0;
        for (int p = 0; p < both.length; p += number(both, p, 5)) {
            longestRecord = Math.max(longestRecord, number(both, p, 5));
            for (int entry = p + 24; both[entry] != 0x1E; entry += 12) {
                longestField = Math.max(longestField, number(both, entry + 3, 4));
            }
        }
        assertThat(facts)
                .containsEntry("longestRecordBytes", (long) longestRecord)
                .containsEntry("longestFieldBytes", (long) longestField)
                .containsEntry("errors", Map.of())
                .containsEntry("firstErrors", List.of());
    }

    @Test
    void addsUpTheFactsOfFiles() throws Exception {
        var damaged = dataset("a", take(Reading.damaged()));
        var clean = dataset("b", take(Mrc.file(0, 7)));
        var alsoDamaged = dataset("c", take(Reading.damaged()));

        var facts = kind.facts(List.of(damaged, clean, alsoDamaged));

        assertThat(facts)
                .containsEntry("records", 20_007L)
                .containsEntry("bytes", 2 * 2_474_654L + Mrc.file(0, 7).length)
                .containsEntry("longestRecordBytes", damaged.facts().get("longestRecordBytes"));
        assertThat((Map<?, ?>) facts.get("errors"))
                .extracting("LENGTH_MISMATCH")
                .isEqualTo(90L);
        assertThat(facts.get("firstErrors")).isEqualTo(damaged.facts().get("firstErrors"));
    }

    @Test
    void takesAnEmptyFileForOneOfNoRecords() throws Exception {
        assertThat(take(new byte[0]).facts()).containsEntry("records", 0L).containsEntry("bytes", 0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "0012", "neither a record nor anything else that begins like a leader"})
    void refusesBytesInWhichNotOneRecordCanBeFound(String text) {
        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> take(text.getBytes(US_ASCII)))
                .satisfies(e -> assertThat(e.place()).isEqualTo(Map.of("file", "f0", "byte", 0L)));
    }

    @Test
    void refusesARecordWithoutAnEndInsteadOfHoldingItInMemory() {
        var endless = new byte[34 << 20];
        Arrays.fill(endless, (byte) 'x');
        byte[] sound = Mrc.file(0, 1);
        System.arraycopy(sound, 0, endless, 0, sound.length);
        System.arraycopy("99999nam a2200037 a 4500".getBytes(US_ASCII), 0, endless, sound.length, 24);

        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> take(endless))
                .withMessageContaining("has no end within 33554432 bytes")
                .satisfies(e -> assertThat(e.place()).containsEntry("byte", (long) sound.length));
    }

    /// A directory of thousands of entries for one field that has no end: repaired, they would take gigabytes.
    @Test
    void refusesARecordWhoseFieldsOverlapBeyondMeasure() {
        int entries = 8_000;
        byte[] sound = Mrc.file(0, 1);
        var text = new ByteArrayOutputStream();
        text.writeBytes(sound);
        text.writeBytes("99999nam a22%05d a 4500".formatted(25 + 12 * entries).getBytes(US_ASCII));
        text.writeBytes("245001000000".repeat(entries).getBytes(US_ASCII));
        text.write(0x1E);
        text.writeBytes("10\u001fa".getBytes(US_ASCII));
        var rest = new byte[100_000];
        Arrays.fill(rest, (byte) 0xFF);
        text.writeBytes(rest);

        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> take(text.toByteArray()))
                .withMessageContaining("The fields of the record at byte %d overlap", sound.length)
                .satisfies(e -> assertThat(e.place()).containsEntry("byte", (long) sound.length));
    }

    @Test
    void unpacksSeveralMembersBehindOneAnother() throws Exception {
        var members = new ByteArrayOutputStream();
        members.write(Mrc.gzip(Mrc.file(0, 10)));
        members.write(Mrc.gzip(Mrc.file(10, 3_000)));
        members.write(Mrc.gzip(Mrc.file(3_010, 1)));

        var taken = take(members.toByteArray());

        assertThat(taken.content()).hasBinaryContent(Mrc.file(0, 3_011));
        assertThat(taken.facts()).containsEntry("records", 3_011L);
    }

    @Test
    void saysWhereAPackedFileIsCutShort() {
        byte[] packed = Mrc.gzip(Mrc.file(0, 200));
        var random = new Random(7);
        for (int i = 0; i < 100; i++) {
            int cut = 2 + random.nextInt(packed.length - 2);
            assertThatExceptionOfType(InvalidDatasetException.class)
                    .as("cut at %d", cut)
                    .isThrownBy(() -> take(Arrays.copyOf(packed, cut)))
                    .satisfies(e -> assertThat((Long) e.place().get("byte")).isBetween(0L, (long) cut));
        }
    }

    @Test
    void answersAnyDamageToAPackedFileWithItsPlaceOrWithFacts() throws Exception {
        byte[] packed = Mrc.gzip(Mrc.file(0, 200));
        var random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            byte[] damaged = packed.clone();
            damaged[2 + random.nextInt(packed.length - 2)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(take(damaged).facts()).containsEntry("records", 200L);
            } catch (InvalidDatasetException e) {
                assertThat((Long) e.place().get("byte")).isBetween(0L, (long) packed.length);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(150);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 30, 300_000})
    void saysWhereBytesFollowThePackedData(int count) {
        byte[] packed = Mrc.gzip(Mrc.file(0, 50));
        byte[] more = Arrays.copyOf(packed, packed.length + count);

        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> take(more))
                .satisfies(e -> assertThat(e.place()).containsEntry("byte", (long) packed.length));
    }

    @Test
    void refusesWhatUnpacksToATrap() {
        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> take(Mrc.gzip(new byte[4 << 20])))
                .withMessageContaining("more than 1,000 times as many");
    }

    @Test
    void keepsNoMoreThanItMay() {
        assertThatExceptionOfType(DatasetTooLargeException.class)
                .isThrownBy(() -> take(Mrc.gzip(Mrc.file(0, 100)), 500))
                .withMessageContaining("more than 500 bytes");
    }

    @Test
    void answersAnyBytesWithFactsOrARefusal() throws Exception {
        var random = new Random(3);
        byte[] sound = Mrc.file(0, 40);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(3_000)];
            random.nextBytes(bytes);
            int copies = random.nextInt(4);
            for (int c = 0; c < copies && bytes.length > 100; c++) {
                int from = random.nextInt(sound.length - 90);
                System.arraycopy(sound, from, bytes, random.nextInt(bytes.length - 90), 90);
            }
            try {
                assertThat(take(bytes).facts()).containsEntry("bytes", (long) bytes.length);
            } catch (InvalidDatasetException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 299);
    }

    @TestFactory
    Stream<DynamicTest> knowsTheFilesOfTheWorld() {
        var generated = DynamicTest.dynamicTest(
                "generated",
                () -> assertThat(take(Reading.generate(Shape.TINY, 1_000)).facts())
                        .containsEntry("records", 1_000L)
                        .containsEntry("fields", 6_867L)
                        .containsEntry("subfields", 6_467L));
        var counts = Map.of(
                "1k_records.mrc", List.of(263_545L, 1_000L, 6_467L, 6_267L),
                "5k_records.mrc", List.of(1_310_595L, 4_957L, 32_051L, 31_059L),
                "multi_records.mrc", List.of(367L, 3L, 7L, 7L));
        return Stream.concat(
                Stream.of(generated),
                counts.entrySet().stream()
                        .filter(entry -> Files.isReadable(FOLDER.resolve(entry.getKey())))
                        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                            var facts = take(Files.readAllBytes(FOLDER.resolve(entry.getKey())))
                                    .facts();
                            assertThat(Stream.of("bytes", "records", "fields", "subfields")
                                            .map(facts::get))
                                    .containsExactlyElementsOf(entry.getValue());
                        })));
    }

    private TakenFile take(byte[] bytes) throws IOException {
        return take(bytes, ANY_SIZE);
    }

    private TakenFile take(byte[] bytes, long maxBytes) throws IOException {
        var own = Files.createDirectory(folder.resolve("upload" + files));
        var content = Files.write(own.resolve("received"), bytes);
        var scratch = Files.createDirectory(own.resolve("scratch"));
        return kind.take(new ReceivedFile("f" + files++, content, scratch, maxBytes));
    }

    private static DatasetFile dataset(String name, TakenFile taken) throws IOException {
        return new DatasetFile(name, taken.content(), Files.size(taken.content()), "", taken.facts());
    }

    private static int number(byte[] bytes, int from, int digits) {
        return Integer.parseInt(new String(bytes, from, digits, US_ASCII));
    }
}
