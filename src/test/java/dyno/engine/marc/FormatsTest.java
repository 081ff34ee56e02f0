package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.ExtractMode;
import dyno.engine.marc.MarcWorkload.Generate;
import dyno.engine.marc.MarcWorkload.JsonContainer;
import dyno.engine.marc.MarcWorkload.Shape;
import dyno.engine.marc.MarcWorkload.XmlIllegal;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormatsTest {

    private static final byte[] TINY = Reading.generate(Shape.TINY, 10_000);
    private static final byte[] FEW = Reading.generate(Shape.TINY, 1_000);
    private static final byte[] REALISTIC = Reading.generate(Shape.REALISTIC, 2_000);
    private static final byte[] MARC8 = Reading.generate(new Generate(2_000, Shape.REALISTIC, 0, Encoding.MARC8, 42));

    @Test
    void walksTinyRecords() {
        var totals = Reading.read(TINY, new WalkConsumer(), ErrorMode.STRICT).totals();

        assertThat(totals.records).isEqualTo(10_000);
        assertThat(totals.fields).isEqualTo(68_667);
        assertThat(totals.tagSum).isEqualTo(226_901_980_496L);
        assertThat(totals.fieldLengthSum).isEqualTo(1_390_622);
    }

    @Test
    void walksRealisticRecords() {
        var utf8 = Reading.read(REALISTIC, new WalkConsumer(), ErrorMode.STRICT).totals();
        var marc8 = Reading.read(MARC8, new WalkConsumer(), ErrorMode.STRICT).totals();

        assertThat(utf8.fields).isEqualTo(43_589);
        assertThat(utf8.tagSum).isEqualTo(145_899_693_309L);
        assertThat(utf8.fieldLengthSum).isEqualTo(1_811_031);
        assertThat(marc8.fieldLengthSum).isEqualTo(1_815_492);
    }

    @Test
    void writesMarcInJson() {
        expect(TINY, Reading.json(), 4_627_966, "9f6f0b39524a3aa29f05584e5ed30f0b9f562688f893ec3123efc28855607be4");
        expect(
                REALISTIC,
                Reading.json(),
                4_127_072,
                "596d230f8874bc6b9e754c3838e96e753616eb2082505abc38aee82774310d2e");
    }

    @Test
    void writesTheArrayShapeOfJson() {
        var shape = JsonFormat.arrayShape(JsonContainer.LINES);

        assertThat(Reading.read(TINY, shape, ErrorMode.STRICT).output()).hasSize(4_537_966);
    }

    @Test
    void writesMarcXml() {
        expect(
                TINY,
                new MarcXmlFormat(XmlIllegal.REPLACE),
                6_897_649,
                "5130d5c7e16a7053ad4ff062f9bca49af6242954cb3726c60f74bfae20c6fbda");
    }

    @Test
    void writesCsvAndDublinCore() {
        expect(FEW, new CsvFormat(false), 199_107, "356627f58b9aab2b903e569d974b4b4290f1db84f54d65b349e8b0a5204fcdfe");
        expect(
                FEW,
                new DublinCoreFormat(XmlIllegal.REPLACE),
                242_149,
                "7d58383e7eb3f85a025511f68390dee3ac39857f9fa089a2a6d0963090e2d0f0");
    }

    @Test
    void extractsTitles() {
        var outcome =
                expect(TINY, titles(), 143_112, "1ba95dadd5604037a82ad1cbe937e7af8decfc2deccf596b11cb32fec861b637");

        assertThat(outcome.text().lines()).hasSize(8_000);
    }

    @Test
    void givesTheSameForMarc8AndUtf8() {
        var digest = "562da70c45e31cc1f125c4b7ac9bd1d256c4c07b3e1a2552711b908613136843";

        expect(REALISTIC, new CsvFormat(false), 2_562_615, digest);
        expect(MARC8, new CsvFormat(false), 2_562_615, digest);
        assertThat(Reading.read(MARC8, titles(), ErrorMode.STRICT).output())
                .isEqualTo(Reading.read(REALISTIC, titles(), ErrorMode.STRICT).output());
        assertThat(Reading.read(MARC8, new RoundTripFormat(), ErrorMode.STRICT).output())
                .isEqualTo(REALISTIC);
    }

    @Test
    void givesCleanInputBackByteByByte() {
        assertThat(Reading.read(TINY, new RoundTripFormat(), ErrorMode.STRICT).output())
                .isEqualTo(TINY);
        assertThat(Reading.read(REALISTIC, new RoundTripFormat(), ErrorMode.STRICT)
                        .output())
                .isEqualTo(REALISTIC);
    }

    @Test
    void writesObjectsAsTheyWereRead() throws Exception {
        var files = List.of(InputFile.inMemory("a.mrc", REALISTIC));
        var made = MadeRecords.of(Reading.settings(ErrorMode.STRICT), files, 0, 10, () -> false);
        var output = Output.keeping();
        for (var record : made.records()) {
            assertThat(EagerWriter.write(record.marc(), output)).isNull();
        }

        assertThat(java.util.Arrays.copyOf(output.bytes, output.size)).isEqualTo(REALISTIC);
    }

    @Test
    void stringsRecordsTogetherInAnArray() {
        var two = new Sample().field("245", "10\u001faA").end()
                + new Sample().field("245", "10\u001faB").end();
        var array = Reading.read(bytes(two), JsonFormat.marcInJson(JsonContainer.ARRAY), ErrorMode.STRICT);
        var empty = Reading.read(new byte[0], JsonFormat.marcInJson(JsonContainer.ARRAY), ErrorMode.STRICT);

        assertThat(array.text())
                .startsWith("[{\"leader\":")
                .contains("}]},\n{\"leader\":")
                .endsWith("}]}]\n");
        assertThat(empty.text()).isEqualTo("[]\n");
    }

    @Test
    void escapesWhatJsonMustEscape() {
        var text = Reading.read(strange(), Reading.json(), ErrorMode.STRICT).text();

        assertThat(text).contains("{\"a\":\"\\\"\\\\\\b\\t\\n\\f\\r\\u0001<&>\u00e9\"}");
    }

    @Test
    void escapesWhatXmlMustEscapeAndNeverWritesWhatItForbids() {
        assertThat(xml(strange(), XmlIllegal.REPLACE))
                .contains("<subfield code=\"a\">\"\\\uFFFD\t\n\uFFFD&#13;\uFFFD&lt;&amp;&gt;\u00e9</subfield>");
        assertThat(xml(strange(), XmlIllegal.DROP)).contains("<subfield code=\"a\">\"\\\t\n&#13;&lt;&amp;&gt;\u00e9</");
        assertThat(xml(
                        bytes(new Sample()
                                .field("245", "\"<\u001f&x\uFFFE\uFFFF\uFFFD")
                                .end()),
                        XmlIllegal.REPLACE))
                .contains("ind1=\"&quot;\" ind2=\"&lt;\"><subfield code=\"&amp;\">x\uFFFD\uFFFD\uFFFD</subfield>");
    }

    @Test
    void dropsTheRecordWhoseCharactersXmlForbids() {
        var good = new Sample().field("245", "10\u001faA").end();
        var bad =
                new Sample().field("001", "9").field("245", "10\u001faA\u0001").end();
        var format = new MarcXmlFormat(XmlIllegal.FAIL);
        var outcome = Reading.read(bytes(good + bad + good), format, ErrorMode.LENIENT);

        assertThat(outcome.totals().records).isEqualTo(2);
        assertThat(outcome.totals().dropped).isEqualTo(1);
        assertThat(outcome.errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo(Defect.XML_CHARACTER_ILLEGAL);
            assertThat(error.byteOffset()).isEqualTo(good.length() + bad.indexOf("\u001faA") + 2);
            assertThat(error.controlNumber()).isEqualTo("9");
        });
        assertThat(Reading.read(bytes(good + bad), format, ErrorMode.STRICT)
                        .stop()
                        .record())
                .isEqualTo(1);
    }

    @Test
    void quotesCsvOnlyWhereReadersNeedIt() {
        var record = new Sample()
                .field("001", "a,b")
                .field("245", ",\"\u001faplain text and more\u001fbsay \"hi\"\u001fcline\nend")
                .field("500", "  ")
                .end();
        var text = Reading.read(bytes(record), new CsvFormat(true), ErrorMode.STRICT)
                .text();

        assertThat(text).isEqualTo("""
                        record,tag,ind1,ind2,code,value
                        0,001,,,,"a,b"
                        0,245,",",\"""\",a,plain text and more
                        0,245,",",\"""\",b,"say ""hi""\"
                        0,245,",",\"""\",c,"line
                        end"
                        0,500, , ,,
                        """);
    }

    @Test
    void extractsRangesWildcardsAndAllMatches() {
        var record = new Sample()
                .field("008", "0123456789")
                .field("650", " 0\u001faOne\u001fxtwo")
                .field("651", " 0\u001faa\tb\\")
                .end();
        var specs = List.of("6XX$ax", "008/2-4", "leader/6-7", "999", "650");

        assertThat(extracted(record, specs, ExtractMode.FIRST)).isEqualTo("One two\t234\tam\t\tOne two\n");
        assertThat(extracted(record, specs, ExtractMode.ALL)).isEqualTo("""
                        0\t6XX$ax\tOne two
                        0\t6XX$ax\ta\\tb\\\\
                        0\t008/2-4\t234
                        0\tleader/6-7\tam
                        0\t650\tOne two
                        """);
        assertThat(extracted(record, List.of("999"), ExtractMode.FIRST)).isEmpty();
    }

    @Test
    void takesTheDateFromTheFixedDataWhereNoFieldTellsIt() {
        var text = Reading.read(
                        bytes(new Sample()
                                .field("008", "260101s1999    xx                  eng d")
                                .field("245", "10\u001faTitle\u001fcby nobody\u001fbrest")
                                .field("650", " 0\u001faA\u001fxB\u001f2fast")
                                .field("260", "  \u001faOslo\u001fb")
                                .end()),
                        new DublinCoreFormat(XmlIllegal.REPLACE),
                        ErrorMode.STRICT)
                .text();

        assertThat(text)
                .contains("<record><dc:title>Title rest</dc:title><dc:subject>A--B</dc:subject>"
                        + "<dc:date>1999</dc:date><dc:type>Text</dc:type><dc:language>eng</dc:language></record>\n");
    }

    private static String extracted(String record, List<String> specs, ExtractMode mode) {
        return Reading.read(bytes(record), new ExtractFormat(specs, mode), ErrorMode.STRICT)
                .text();
    }

    private static RecordConsumer titles() {
        return new ExtractFormat(List.of("245$a"), ExtractMode.FIRST);
    }

    private static String xml(byte[] input, XmlIllegal illegal) {
        return Reading.read(input, new MarcXmlFormat(illegal), ErrorMode.STRICT).text();
    }

    private static byte[] strange() {
        return bytes(new Sample()
                .field("245", "10\u001fa\"\\\b\t\n\f\r\u0001<&>\u00e9")
                .end());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static Reading.Outcome expect(byte[] input, RecordConsumer format, int bytes, String sha256) {
        var outcome = Reading.read(input, format, ErrorMode.STRICT);
        assertThat(outcome.output()).hasSize(bytes);
        assertThat(outcome.sha256()).isEqualTo(sha256);
        assertThat(outcome.errors()).isEmpty();
        return outcome;
    }
}
