package dyno.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;

class PageTest {

    private static final UUID ID = UUID.fromString("0193b6a1-0000-7000-8000-000000000001");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void pointsAtTheNextPageWhereThereIsOne() {
        var page = Page.of(List.of(1, 2, 3), 2, item -> new Cursor(NOON.plusSeconds(item), ID));

        assertThat(page.items()).containsExactly(1, 2);
        assertThat(Cursor.decode(String.valueOf(page.nextCursor()))).isEqualTo(new Cursor(NOON.plusSeconds(2), ID));
        assertThat(Page.of(List.of(1, 2), 2, item -> new Cursor(NOON, ID)).nextCursor())
                .isNull();
    }

    @Test
    void linksToTheNextPageWithAllOtherParameters() {
        var request = new MockHttpServletRequest("GET", "/api/v1/jobs");
        request.setQueryString("label=a%3Ab&cursor=old&limit=2");

        assertThat(new Page<>(List.of(1), "new").answer(request).getHeaders().getFirst(HttpHeaders.LINK))
                .isEqualTo("</api/v1/jobs?label=a%3Ab&limit=2&cursor=new>; rel=\"next\"");
        assertThat(new Page<>(List.of(1), null).answer(request).getHeaders().containsHeader(HttpHeaders.LINK))
                .isFalse();
    }

    @Test
    void linksToTheNextPageOfARequestWithoutParameters() {
        var request = new MockHttpServletRequest("GET", "/api/v1/jobs");

        assertThat(new Page<>(List.of(1), "new").answer(request).getHeaders().getFirst(HttpHeaders.LINK))
                .isEqualTo("</api/v1/jobs?cursor=new>; rel=\"next\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "2026-01-01T12:00:00Z",
                "2026-01-01T12:00:00Z/",
                "2026-01-01T12:00:00Z/1-1-1-1-1",
                "2026-01-01T12:00:00.0Z/0193b6a1-0000-7000-8000-000000000001",
                "+1000000-01-01T12:00:00Z/0193b6a1-0000-7000-8000-000000000001",
                "2026-01-01T12:00:00Z/0193B6A1-0000-7000-8000-000000000001"
            })
    void rejectsCursorsThatNobodyGave(String text) {
        var forged = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Cursor.decode(forged))
                .satisfies(e -> assertThat(e.violations())
                        .first()
                        .extracting(Violation::pointer)
                        .isEqualTo("?cursor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "a", "====", "\u00fc"})
    void rejectsCursorsThatAreNotBase64(String text) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Cursor.decode(text));
    }

    @Test
    void readsLimits() {
        assertThat(Limit.of(null)).isEqualTo(50);
        assertThat(Limit.of("1")).isEqualTo(1);
        assertThat(Limit.of("200")).isEqualTo(200);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Limit.of("201"));
    }

    @Test
    void findsNothingUnderWhatIsNoId() {
        assertThat(Ids.require(ID.toString(), "job")).isEqualTo(ID);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Ids.require("1-1-1-1-1", "job"))
                .withMessage("There is no job \"1-1-1-1-1\"")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.NOT_FOUND));
    }
}
