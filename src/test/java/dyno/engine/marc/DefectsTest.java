package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.marc.MarcWorkload.CharacterSet;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Normalization;
import dyno.engine.marc.MarcWorkload.Validation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefectsTest {

    private static final String GOOD =
            new Sample().field("001", "n1").field("245", "10\u001faOne").end();

    @Test
    void repairsEveryClassOfGeneratedDamage() {
        var outcome = Reading.read(Reading.damaged(), Reading.json(), ErrorMode.LENIENT);

        assertThat(outcome.totals().records).isEqualTo(10_000);
        assertThat(outcome.totals().fields).isEqualTo(68_628);
        assertThat(outcome.totals().repaired).isEqualTo(173);
        assertThat(outcome.totals().dropped).isZero();
        assertThat(outcome.log().counts())
                .isEqualTo(Map.of(
                        Defect.LENGTH_MISMATCH, 45L,
                        Defect.BASE_ADDRESS_INVALID, 30L,
                        Defect.ENTRY_NOT_NUMERIC, 17L,
                        Defect.FIELD_OUT_OF_BOUNDS, 17L,
                        Defect.FIELD_UNTERMINATED, 16L,
                        Defect.RECORD_TERMINATOR_MISSING, 15L,
                        Defect.UTF8_INVALID, 15L,
                        Defect.PADDING, 14L,
                        Defect.LENGTH_NOT_NUMERIC, 13L,
                        Defect.DELIMITER_MISSING, 5L));
        assertThat(outcome.errors().getFirst()).satisfies(first -> {
            assertThat(first.code()).isEqualTo(Defect.LENGTH_MISMATCH);
            assertThat(first.record()).isEqualTo(19);
            assertThat(first.byteOffset()).isEqualTo(4_645);
        });
        assertThat(outcome.sha256()).isEqualTo("38189f379e31feff600b96b0325a91f6126c0a2f22361c08172dd3d018b00bc4");
    }

    @Test
    void listsErrorsInTheOrderOfTheFile() {
        var errors = Reading.read(Reading.damaged(), Reading.json(), ErrorMode.LENIENT)
                .errors();

        assertThat(errors).hasSize(187);
        assertThat(Digests.hex(Digests.sha256().digest(Reading.lines(errors).getBytes(ISO_8859_1))))
                .isEqualTo("62f3de6316c121a02bd184356be4d4f827e03464b3153a87056371b9aafecbb3");
    }

    @Test
    void dropsDamagedRecordsWhenAskedTo() {
        var json =
                Reading.read(Reading.damaged(), Reading.json(), ErrorMode.SKIP).totals();
        var walked = Reading.read(Reading.damaged(), new WalkConsumer(), ErrorMode.SKIP)
                .totals();
        var repaired = Reading.read(Reading.damaged(), new WalkConsumer(), ErrorMode.LENIENT)
                .totals();

        assertThat(json.records).isEqualTo(9_827);
        assertThat(json.dropped).isEqualTo(173);
        assertThat(walked.records).isEqualTo(9_842);
        assertThat(repaired.repaired).isEqualTo(158);
    }

    @ParameterizedTest
    @EnumSource(ErrorMode.class)
    void passesOverPaddingInEveryMode(ErrorMode mode) {
        for (var padding : List.of("\n", "\r\n", "\0\0\0", " \t\u001a")) {
            assertPadded(GOOD + padding + GOOD, GOOD.length(), 1, mode);
            assertPadded(GOOD + GOOD + padding, 2 * GOOD.length(), 2, mode);
        }
        assertPadded("\u00ef\u00bb\u00bf" + GOOD + GOOD, 0, 0, mode);
    }

    private static void assertPadded(String input, int offset, int record, ErrorMode mode) {
        var outcome = read(input, mode);
        assertThat(outcome.totals().records).isEqualTo(2);
        assertThat(outcome.errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo(Defect.PADDING);
            assertThat(error.byteOffset()).isEqualTo(offset);
            assertThat(error.record()).isEqualTo(record);
        });
        assertThat(outcome.totals().repaired).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 2})
    void findsTheTrueEndWhereTheLengthIsOff(int by) {
        var input = "%05d".formatted(GOOD.length() + by) + GOOD.substring(5) + GOOD;

        assertThat(read(input, ErrorMode.LENIENT).totals().records).isEqualTo(2);
        assertThat(read(input, ErrorMode.LENIENT).codes()).containsExactly(Defect.LENGTH_MISMATCH);
        assertThat(read(input, ErrorMode.SKIP).totals().records).isEqualTo(1);
        assertThat(read(input, ErrorMode.STRICT).stop().byteOffset()).isZero();
    }

    @Test
    void showsTrueLengthAndBaseOfWhatItRepaired() {
        var wrong = "99999" + GOOD.substring(5, 12) + "99999" + GOOD.substring(17);

        assertThat(read(wrong, ErrorMode.LENIENT).codes())
                .containsExactly(Defect.LENGTH_MISMATCH, Defect.BASE_ADDRESS_INVALID);
        assertThat(read(wrong, ErrorMode.LENIENT).text())
                .isEqualTo(read(GOOD, ErrorMode.STRICT).text());
    }

    @ParameterizedTest
    @EnumSource(ErrorMode.class)
    void neverTakesStrayBytesForAnEmptyFile(ErrorMode mode) {
        var outcome = read("0012", mode);

        assertThat(outcome.totals().records).isZero();
        if (mode == ErrorMode.STRICT) {
            assertThat(outcome.stop().code()).isEqualTo(Defect.TRUNCATED_LEADER);
        } else {
            assertThat(outcome.codes()).containsExactly(Defect.TRUNCATED_LEADER);
            assertThat(outcome.totals().begun).isEqualTo(1);
            assertThat(outcome.totals().dropped).isEqualTo(1);
        }
    }

    @Test
    void readsNothingFromAnEmptyFile() {
        assertThat(read("", ErrorMode.STRICT).totals().begun).isZero();
        assertThat(read("", ErrorMode.STRICT).errors()).isEmpty();
    }

    @Test
    void losesStrayBytesUpToALeaderItCanTrust() {
        var noise = "this is no record at all, and long enough\u001d";

        var outcome = read(noise + GOOD, ErrorMode.LENIENT);

        assertThat(outcome.codes()).containsExactly(Defect.NOT_A_RECORD);
        assertThat(outcome.totals().records).isEqualTo(1);
        assertThat(outcome.totals().begun).isEqualTo(2);
        assertThat(read(noise, ErrorMode.LENIENT).totals().begun).isEqualTo(1);
    }

    @Test
    void keepsWholeFieldsOfARecordThatIsCutShort() {
        var record = new Sample()
                .field("001", "n1")
                .field("245", "10\u001faOne")
                .field("500", "  \u001faTwo")
                .end();
        var outcome = read(record.substring(0, record.indexOf("Two")), ErrorMode.LENIENT);

        assertThat(outcome.codes()).startsWith(Defect.TRUNCATED_RECORD);
        assertThat(outcome.errors().getFirst().byteOffset()).isEqualTo(record.indexOf("Two"));
        assertThat(outcome.text()).contains("{\"a\":\"One\"}").doesNotContain("\"500\"");
    }

    @Test
    void keepsDelimitersInsideFieldsWhoseLengthsAreRight() {
        var record = new Sample().field("245", "10\u001faA\u001dB\u001eC").end();

        assertThat(read(record + GOOD, ErrorMode.STRICT).text()).contains("\"A\\u001dB\\u001eC\"");
    }

    @ParameterizedTest
    @CsvSource({
        "24, '2x5', TAG_INVALID, 24",
        "27, '000x', ENTRY_NOT_NUMERIC, 27",
        "27, '0000', FIELD_OUT_OF_BOUNDS, 27",
        "31, '99000', FIELD_OUT_OF_BOUNDS, 27",
    })
    void namesTheEntryThatIsWrong(int at, String bytes, Defect code, int offset) {
        var text = bytes.equals("2x5") ? "2-5" : bytes;
        var input = GOOD.substring(0, at) + text + GOOD.substring(at + text.length());

        assertThat(read(input, ErrorMode.LENIENT).errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.byteOffset()).isEqualTo(offset);
        });
    }

    @Test
    void dropsFieldsAndSubfieldsThatCannotBeRepaired() {
        var record = new Sample()
                .field("100", "1")
                .field("245", "10xx")
                .field("246", "10xx\u001faKept")
                .field("500", "  \u001f\u001faToo\u001f")
                .end();
        var outcome = read(record, ErrorMode.LENIENT);

        assertThat(outcome.codes())
                .containsExactly(
                        Defect.FIELD_TOO_SHORT,
                        Defect.DELIMITER_MISSING,
                        Defect.DELIMITER_MISSING,
                        Defect.SUBFIELD_CODE_MISSING,
                        Defect.SUBFIELD_CODE_MISSING);
        assertThat(outcome.totals().fields).isEqualTo(2);
        assertThat(outcome.text()).contains("[{\"a\":\"Kept\"}]", "[{\"a\":\"Too\"}]");
    }

    @Test
    void replacesWhatIsNoUtf8AsTheJdkDoes() {
        var record = new Sample().field("245", "10\u001faXXXXXX").end();
        var outcome = read(record.replace("XXXXXX", "a\u00e2\u0082b\u00ffc"), ErrorMode.LENIENT);

        assertThat(outcome.codes()).containsExactly(Defect.UTF8_INVALID);
        assertThat(outcome.errors().getFirst().byteOffset()).isEqualTo(record.indexOf("XXXXXX") + 1);
        assertThat(outcome.text()).contains("\"a\uFFFDb\uFFFDc\"");
    }

    @Test
    void checksWhatMarc21Says() {
        var settings = new ReadSettings(ErrorMode.LENIENT, Validation.MARC21, CharacterSet.AUTO, Normalization.NFC);
        var record = new Sample()
                .leader("xam a22%05d a 4500")
                .field("A45", "10\u001faGone")
                .field("245", "x0\u001f\u00e9\u0001\u0002")
                .end();
        var outcome = Reading.read(record.getBytes(ISO_8859_1), Reading.json(), settings);

        assertThat(outcome.codes())
                .startsWith(Defect.LENGTH_MISMATCH)
                .contains(Defect.LEADER_VALUE_INVALID, Defect.TAG_INVALID);
        assertThat(Reading.read(GOOD.getBytes(ISO_8859_1), new WalkConsumer(), settings)
                        .errors())
                .isEmpty();
    }

    @Test
    void refusesToWriteAFieldThatGrewTooLong() {
        // A Greek letter takes one byte in MARC-8 and two in UTF-8.
        var record = new Sample()
                .leader("nam  22%05d a 4500")
                .field("245", "10\u001fa\u001b(S" + "a".repeat(5_100))
                .end();

        assertThat(roundTrip(record, ErrorMode.STRICT).stop().code()).isEqualTo(Defect.FIELD_TOO_LONG);
        assertThat(roundTrip(record + GOOD, ErrorMode.LENIENT).totals().dropped).isEqualTo(1);
        assertThat(roundTrip(record + GOOD, ErrorMode.LENIENT).text()).isEqualTo(GOOD);
        assertThat(read(record, ErrorMode.STRICT).errors()).isEmpty();
    }

    private static Reading.Outcome roundTrip(String input, ErrorMode mode) {
        return Reading.read(input.getBytes(ISO_8859_1), new RoundTripFormat(), mode);
    }

    private static Reading.Outcome read(String input, ErrorMode mode) {
        return Reading.read(input.getBytes(ISO_8859_1), Reading.json(), mode);
    }
}
