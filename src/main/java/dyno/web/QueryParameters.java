package dyno.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the parameters of one request's query string and collects everything that is wrong with them.
///
/// What a method returns for a parameter that is wrong is as if it were absent; [#check] throws for all of them,
/// and for parameters that nobody asked for, so that it has to be called before the values are used.
///
/// ```java
/// var query = QueryParameters.of(request);
/// var filter = new JobFilter(query.word("state", JobState.class), query.labels("label"), query.limit(),
/// query.cursor());
/// query.check();
/// ```
///
/// Used by one thread at a time.
public final class QueryParameters {

    private final Map<String, List<String>> values;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<Violation> violations;

    private QueryParameters(QueryString query) {
        this.values = query.values();
        this.violations = new ArrayList<>(query.violations());
    }

    public static QueryParameters of(HttpServletRequest request) {
        return new QueryParameters(QueryString.parse(request.getQueryString()));
    }

    /// The parameter's value; null where it is absent.
    public @Nullable String text(String name) {
        var given = texts(name);
        if (given.size() > 1) {
            refuse(name, "%s is given %d times; once is enough".formatted(name, given.size()));
            return null;
        }
        return given.isEmpty() ? null : given.getFirst();
    }

    /// All values of a parameter that may be given several times.
    public List<String> texts(String name) {
        known.add(name);
        return values.getOrDefault(name, List.of());
    }

    /// Parameter `limit`: 1 to 200, 50 where it is absent.
    public int limit() {
        var text = text("limit");
        if (text == null) {
            return Limit.DEFAULT;
        }
        return Limit.parse(text).orElseGet(() -> {
            violations.add(Limit.violation(text));
            return Limit.DEFAULT;
        });
    }

    /// Parameter `cursor`; null for the first page.
    public @Nullable Cursor cursor() {
        var text = text("cursor");
        if (text == null) {
            return null;
        }
        try {
            return Cursor.decode(text);
        } catch (ProblemException e) {
            violations.addAll(e.violations());
            return null;
        }
    }

    /// `true` or `false`; false where it is absent.
    public boolean flag(String name) {
        Boolean flag = value(
                name,
                text -> switch (text) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.empty();
                },
                "neither true nor false");
        return flag != null && flag;
    }

    /// The constant that the parameter names; null where it is absent.
    public <E extends Enum<E>> @Nullable E word(String name, Class<E> type) {
        var constants = type.getEnumConstants();
        var words = Arrays.stream(constants).map(Enum::name).collect(Collectors.joining(", "));
        return value(
                name,
                text -> Arrays.stream(constants)
                        .filter(c -> c.name().equals(text))
                        .findFirst(),
                "none of " + words);
    }

    /// A time as RFC 3339 writes it; null where it is absent.
    public @Nullable Instant instant(String name) {
        return value(name, Rfc3339::parse, "not an RFC 3339 time like 2026-11-21T02:00:00Z");
    }

    /// An id; null where it is absent.
    public @Nullable UUID id(String name) {
        return value(name, Ids::parse, "not an id");
    }

    /// Values `key:value` of a parameter that may be given several times, by key.
    public Map<String, String> labels(String name) {
        var labels = new LinkedHashMap<String, String>();
        for (var text : texts(name)) {
            int colon = text.indexOf(':');
            if (colon < 1) {
                refuse(name, "%s %s is not of the form key:value".formatted(name, Shown.value(text)));
            } else if (labels.put(text.substring(0, colon), text.substring(colon + 1)) != null) {
                refuse(name, "%s names %s twice".formatted(name, Shown.value(text.substring(0, colon))));
            }
        }
        return labels;
    }

    /// Adds a violation that only the caller can see.
    public void refuse(String name, String message) {
        violations.add(new Violation("?" + name, message));
    }

    /// @throws ProblemException `invalid-request` with everything that is wrong, parameters that nobody asked for
    ///         included
    public void check() {
        var all = new ArrayList<>(violations);
        values.keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> new Violation("?" + name, unknown(name)))
                .forEach(all::add);
        if (!all.isEmpty()) {
            var detail = all.size() == 1
                    ? all.getFirst().message()
                    : "%d things are wrong with the query parameters".formatted(all.size());
            throw new ProblemException(ProblemCode.INVALID_REQUEST, detail, all);
        }
    }

    private String unknown(String name) {
        return "unknown parameter " + Shown.name(name)
                + Spelling.nearest(name, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
    }

    private <T> @Nullable T value(String name, Function<String, Optional<T>> parser, String fault) {
        var text = text(name);
        if (text == null) {
            return null;
        }
        var value = parser.apply(text);
        if (value.isEmpty()) {
            refuse(name, "%s %s is %s".formatted(name, Shown.value(text), fault));
        }
        return value.orElse(null);
    }
}
