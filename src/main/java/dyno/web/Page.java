package dyno.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriComponentsBuilder;

/// A stretch of a list.
///
/// @param nextCursor where the next page starts; null on the last one
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /// Makes a page of one item more than fits: that there is one tells that there is a next page.
    ///
    /// @param found at most `limit` + 1 items, in the list's order
    /// @param place where an item stands in the list
    public static <T> Page<T> of(List<T> found, int limit, Function<T, Cursor> place) {
        if (found.size() <= limit) {
            return new Page<>(List.copyOf(found), null);
        }
        var items = List.copyOf(found.subList(0, limit));
        return new Page<>(items, place.apply(items.getLast()).encode());
    }

    /// The same page of other items.
    public <R> Page<R> map(Function<? super T, ? extends R> mapping) {
        return new Page<>(items.stream().<R>map(mapping).toList(), nextCursor);
    }

    /// 200 with `Link: <…>; rel="next"` where there is a next page.
    public ResponseEntity<Page<T>> answer(HttpServletRequest request) {
        var answer = ResponseEntity.ok();
        if (nextCursor != null) {
            answer.header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next(request, nextCursor)));
        }
        return answer.body(this);
    }

    private static String next(HttpServletRequest request, String cursor) {
        return UriComponentsBuilder.fromPath(request.getRequestURI())
                .query(request.getQueryString())
                .replaceQueryParam("cursor", cursor)
                .build(true)
                .toUriString();
    }
}
