package dyno.suite;

import dyno.web.Pointer;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.StrictJson;
import dyno.web.Violation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A body that has nothing to say: absent, or `{}`.
final class NoFields {

    private static final byte[] NOTHING = {'{', '}'};

    private NoFields() {}

    /// @return the empty object
    /// @throws ProblemException for anything else
    static Map<?, ?> require(byte @Nullable [] body) {
        if (!(StrictJson.parse(body == null ? NOTHING : body) instanceof Map<?, ?> fields)) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, "The body has to be an object, or absent");
        }
        if (!fields.isEmpty()) {
            var violations = fields.keySet().stream()
                    .map(field -> new Violation(
                            Pointer.member(Pointer.ROOT, String.valueOf(field)), "unknown field '%s'".formatted(field)))
                    .toList();
            throw new ProblemException(ProblemCode.UNKNOWN_FIELD, "This request has no fields", violations);
        }
        return fields;
    }
}
