package dyno.engine.etl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dyno.engine.etl.DeadLetter.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserReaderTest {

    private static final Place PLACE = new Place("a.jsonl", 7);

    private final UserReader reader = new UserReader();

    @Test
    void readsBackWhatWasWritten() throws Exception {
        var maker = new OriginalMaker(new DrawStream(42));
        for (long id = 1; id <= 20; id++) {
            var written = line(maker.make(id));
            var user = read(written);

            assertThat(line(user)).isEqualTo(written);
            assertThat(user.canonicalBytes()).isEqualTo(written.length());
            assertThat(user.place()).isEqualTo(PLACE);
        }
        assertThat(reader.unknownFields()).isZero();
    }

    @Test
    void readsEscapesAndSignsAsTheyStand() throws Exception {
        var odd = line(SinkLoads.user(-5, "\"\\\n\t\u0001é€😀"));

        assertThat(line(read(odd))).isEqualTo(odd);
    }

    @Test
    void needsNothingButAnId() throws Exception {
        var nothing = read("{\"id\":9223372036854775807}");
        assertThat(line(nothing)).isEqualTo(line(SinkLoads.bare(Long.MAX_VALUE)));

        var nulls =
                read("{\"id\":1,\"username\":null,\"age\":null,\"address\":null,\"activityLog\":null,\"messages\":null,"
                        + "\"profile\":{\"skills\":null},\"socialMedia\":{},\"largeData\":null}");
        assertThat(nulls.address()).isNull();
        assertThat(nulls.activityLog()).isEmpty();
        assertThat(line(nulls)).contains("\"profile\":{\"bio\":null,\"interests\":[],\"skills\":[],");
    }

    @Test
    void countsFieldsThatItDoesNotKnow() throws Exception {
        var user = read("{\"nick\":{\"a\":[1,{\"id\":7}]},\"id\":3,\"address\":{\"planet\":\"Mars\",\"city\":\"X\"}}");

        assertThat(user.id()).isEqualTo(3);
        assertThat(user.address().city()).isEqualTo("X".getBytes(UTF_8));
        assertThat(reader.unknownFields()).isEqualTo(2);
    }

    @Test
    void roundsDegreesToMicroDegrees() throws Exception {
        var user = read("{\"id\":1,\"address\":{\"coordinates\":{\"lat\":-12.34567850,\"lng\":1e-999999999}}}");

        assertThat(user.address().coordinates().lat()).isEqualTo(-12_345_678);
        assertThat(user.address().coordinates().lng()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                       | id is missing
                    {"id":null}                              | id is missing
                    {"id":"7"}                               | id is text, not integer
                    {"id":1.5}                               | id is a fraction, not integer
                    {"id":9223372036854775808}               | id is 9223372036854775808, beyond 64 bits
                    {"id":1,"age":2147483648}                | age is 2147483648, beyond 32 bits
                    {"id":1,"username":7}                    | username is an integer, not text
                    {"id":1,"address":[]}                    | address is a list, not object
                    {"id":1,"address":{"city":{}}}           | address.city is an object, not text
                    {"id":1,"activityLog":{}}                | activityLog is an object, not list
                    {"id":1,"activityLog":[{},null]}         | activityLog[1] is null, not an object
                    {"id":1,"messages":[{},{"read":1}]}      | messages[1].read is an integer, not true or false
                    {"id":1,"messages":[{"attachments":[{"size":"x"}]}]} | messages[0].attachments[0].size is text, not integer
                    {"id":1,"profile":{"skills":["a",1]}}    | profile.skills[1] is an integer, not text
                    {"id":1,"profile":{"skills":[null]}}     | profile.skills[0] is null, not text
                    {"id":1,"email":"a\\u0000b"}             | email holds U+0000, which PostgreSQL has no place for
                    {"id":1,"email":"\\ud800x"}              | email holds half a character, U+D800
                    {"id":1,"email":"\\udc00"}               | email holds half a character, U+DC00
                    {"id":1,"address":{"coordinates":{"lat":90.1}}} | address.coordinates.lat is 90.1, beyond 90 degrees
                    """)
    void namesTheFieldThatIsWrong(String line, String message) {
        var failure = catchThrowableOfType(BadUserException.class, () -> read(line));

        assertThat(failure).hasMessage(message);
        assertThat(message).startsWith(failure.field() + " ");
    }

    @Test
    void findsAnIdWhereverItStands() {
        assertThat(id("{\"a\":{\"id\":1},\"id\":7,\"b\":")).isEqualTo(7);
        assertThat(id("{\"a\":1}")).isNull();
        assertThat(id("{\"id\":\"x\"}")).isNull();
    }

    private Long id(String line) {
        var bytes = line.getBytes(UTF_8);
        return reader.id(bytes, 0, bytes.length);
    }

    private OriginalUser read(String line) throws BadUserException {
        var bytes = ("xx" + line + "yy").getBytes(UTF_8);
        return reader.read(bytes, 2, bytes.length - 4, PLACE);
    }

    private static String line(OriginalUser user) {
        var line = new LineBuffer(1024);
        OriginalKind.INSTANCE.appendInput(user, line);
        return line.toString();
    }
}
