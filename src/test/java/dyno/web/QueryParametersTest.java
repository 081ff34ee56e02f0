package dyno.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class QueryParametersTest {

    private enum Colour {
        RED,
        BLUE
    }

    @Test
    void readsWhatWasGiven() {
        var id = UUID.randomUUID();
        var cursor = new Cursor(Instant.parse("2026-01-01T12:00:00.000001Z"), id);
        var query = query("engine=a%2Bb+%C3%BC&limit=200&cursor=" + cursor.encode() + "&dryRun=true&colour=BLUE&id="
                + id + "&since=2026-01-01T13:00:00.5%2B01:00&label=a:b:c&label=d:&&empty");

        assertThat(query.text("engine")).isEqualTo("a+b ü");
        assertThat(query.limit()).isEqualTo(200);
        assertThat(query.cursor()).isEqualTo(cursor);
        assertThat(query.flag("dryRun")).isTrue();
        assertThat(query.word("colour", Colour.class)).isEqualTo(Colour.BLUE);
        assertThat(query.id("id")).isEqualTo(id);
        assertThat(query.instant("since")).isEqualTo("2026-01-01T12:00:00.5Z");
        assertThat(query.labels("label")).isEqualTo(Map.of("a", "b:c", "d", ""));
        assertThat(query.text("empty")).isEmpty();
        assertThatCode(query::check).doesNotThrowAnyException();
    }

    @Test
    void hasDefaultsForWhatIsAbsent() {
        var query = query(null);

        assertThat(query.text("engine")).isNull();
        assertThat(query.texts("engine")).isEmpty();
        assertThat(query.limit()).isEqualTo(50);
        assertThat(query.cursor()).isNull();
        assertThat(query.flag("dryRun")).isFalse();
        assertThat(query.word("colour", Colour.class)).isNull();
        assertThat(query.instant("since")).isNull();
        assertThat(query.labels("label")).isEmpty();
        assertThatCode(query::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0|?limit|limit \"0\" is not an integer from 1 to 200",
                "limit=201|?limit|limit \"201\" is not an integer from 1 to 200",
                "limit=|?limit|limit \"\" is not an integer from 1 to 200",
                "limit=99999999999|?limit|limit \"99999999999\" is not an integer from 1 to 200",
                "limit=%2B5|?limit|limit \"+5\" is not an integer from 1 to 200",
                "limit=1&limit=2|?limit|limit is given 2 times; once is enough",
                "cursor=abc|?cursor|cursor \"abc\" is none that this service gave",
                "flag=yes|?flag|flag \"yes\" is neither true nor false",
                "colour=red|?colour|colour \"red\" is none of RED, BLUE",
                "since=2026-01-01|?since|since \"2026-01-01\" is not an RFC 3339 time like 2026-11-21T02:00:00Z",
                "since=%2B12345-01-01T00:00:00Z|?since|since \"+12345-01-01T00:00:00Z\" is not an RFC 3339 time like 2026-11-21T02:00:00Z",
                "id=1-1-1-1-1|?id|id \"1-1-1-1-1\" is not an id",
                "label=abc|?label|label \"abc\" is not of the form key:value",
                "label=:b|?label|label \":b\" is not of the form key:value",
                "label=a:1&label=a:2|?label|label names \"a\" twice",
                "text=%|?text|\"text=%\" is not percent-encoded UTF-8",
                "text=%4|?text|\"text=%4\" is not percent-encoded UTF-8",
                "text=%+1|?text|\"text=%+1\" is not percent-encoded UTF-8",
                "text=%C3|?text|\"text=%C3\" is not percent-encoded UTF-8",
                "text=%00|?text|\"text=%00\" is not percent-encoded UTF-8",
                "%FF=1|?|\"%FF=1\" is not percent-encoded UTF-8",
                "limti=5|?limti|unknown parameter limti; did you mean limit?",
                "zzz=5|?zzz|unknown parameter zzz"
            })
    void refusesWithParameterAndValue(String queryString, String pointer, String message) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> readAll(query(queryString)))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
                    assertThat(e.violations()).containsExactly(new Violation(pointer, message));
                    assertThat(e).hasMessage(message);
                });
    }

    @Test
    void listsEverythingThatIsWrong() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> readAll(query("limit=0&cursor=0&x=1&colour=")))
                .withMessage("4 things are wrong with the query parameters")
                .satisfies(e -> assertThat(e.violations())
                        .extracting(Violation::pointer)
                        .containsExactlyInAnyOrder("?limit", "?cursor", "?x", "?colour"));
    }

    @Test
    void reportsWhatOnlyTheCallerSees() {
        var query = query("since=2026-01-01T00:00:00Z");
        query.instant("since");
        query.refuse("since", "since is after until");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(query::check)
                .satisfies(e ->
                        assertThat(e.violations()).containsExactly(new Violation("?since", "since is after until")));
    }

    private static void readAll(QueryParameters query) {
        List.<Consumer<QueryParameters>>of(
                        q -> q.text("text"),
                        QueryParameters::limit,
                        QueryParameters::cursor,
                        q -> q.flag("flag"),
                        q -> q.word("colour", Colour.class),
                        q -> q.instant("since"),
                        q -> q.id("id"),
                        q -> q.labels("label"))
                .forEach(read -> read.accept(query));
        query.check();
    }

    private static QueryParameters query(@org.jspecify.annotations.Nullable String queryString) {
        var request = new MockHttpServletRequest("GET", "/api/v1/jobs");
        request.setQueryString(queryString);
        return QueryParameters.of(request);
    }
}
