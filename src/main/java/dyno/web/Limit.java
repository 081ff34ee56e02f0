package dyno.web;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How many items a page has at most.
public final class Limit {

    public static final int DEFAULT = 50;
    public static final int MAX = 200;

    private Limit() {}

    /// @param text the parameter `limit`; null for the default
    /// @throws ProblemException `invalid-request` for anything but 1 to 200
    public static int of(@Nullable String text) {
        return text == null
                ? DEFAULT
                : parse(text)
                        .orElseThrow(() -> new ProblemException(
                                ProblemCode.INVALID_REQUEST, violation(text).message(), List.of(violation(text))));
    }

    static Optional<Integer> parse(String text) {
        // Three digits at most, so that no number overflows.
        if (!text.matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        int limit = Integer.parseInt(text);
        return limit >= 1 && limit <= MAX ? Optional.of(limit) : Optional.empty();
    }

    static Violation violation(String text) {
        return new Violation("?limit", "limit %s is not an integer from 1 to %d".formatted(Shown.value(text), MAX));
    }
}
