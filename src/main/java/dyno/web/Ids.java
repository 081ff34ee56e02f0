package dyno.web;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Ids in URLs.
public final class Ids {

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Ids() {}

    /// The id, or empty for anything but its 36 characters: `UUID.fromString` takes `1-1-1-1-1` as well.
    public static Optional<UUID> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /// @param what that the id should name: `job`
    /// @throws ProblemException `not-found` where the text is no id, since then nothing has it
    public static UUID require(String text, String what) {
        return parse(text)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "There is no %s %s".formatted(what, Shown.value(text))));
    }
}
