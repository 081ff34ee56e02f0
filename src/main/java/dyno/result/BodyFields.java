package dyno.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.web.Ids;
import dyno.web.Pointer;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Shown;
import dyno.web.StrictJson;
import dyno.web.Violation;
import dyno.web.Violation.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A request's body, one JSON object, read field by field; everything that is wrong with it is refused
/// at once.
///
/// A field that is wrong reads as absent. [#check] comes after the last field and before the values
/// are used. Used by one thread at a time.
final class BodyFields {

    private final Map<String, @Nullable Object> unread = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final List<Violation> violations = new ArrayList<>();

    /// @throws ProblemException `malformed-json`, or `invalid-request` for anything but an object
    BodyFields(byte @Nullable [] body) {
        if (!(StrictJson.parse(body == null ? new byte[0] : body) instanceof Map<?, ?> tree)) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, "The body has to be an object");
        }
        tree.forEach((name, value) -> unread.put(String.valueOf(name), value));
    }

    /// Text that is not blank; null where the field is absent or null.
    @Nullable
    String text(String name, int maxCharacters) {
        var value = take(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text) || text.isBlank() || text.length() > maxCharacters || isUnstorable(text)) {
            refuse(
                    name,
                    "%s %s is not a text of 1 to %d characters".formatted(name, Shown.value(value), maxCharacters));
            return null;
        }
        return text;
    }

    @Nullable
    UUID id(String name) {
        var value = take(name);
        if (value == null) {
            return null;
        }
        var id = value instanceof String text ? Ids.parse(text) : Optional.<UUID>empty();
        if (id.isEmpty()) {
            refuse(name, "%s %s is not an id".formatted(name, Shown.value(value)));
        }
        return id.orElse(null);
    }

    <E extends Enum<E>> @Nullable E word(String name, List<E> allowed) {
        var value = take(name);
        if (value == null) {
            return null;
        }
        var word = allowed.stream()
                .filter(constant -> constant.name().equals(value))
                .findFirst();
        if (word.isEmpty()) {
            refuse(name, "%s %s is none of %s".formatted(name, Shown.value(value), allowed));
        }
        return word.orElse(null);
    }

    <E extends Enum<E>> @Nullable E word(String name, Class<E> type) {
        return word(name, Arrays.asList(type.getEnumConstants()));
    }

    /// A whole number between the two, inclusive.
    @Nullable
    Integer integer(String name, int min, int max) {
        var value = take(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Long number) || number < min || number > max) {
            refuse(name, "%s %s is not an integer from %d to %d".formatted(name, Shown.value(value), min, max));
            return null;
        }
        return number.intValue();
    }

    /// A number above `above` and not beyond `max`.
    @Nullable
    Double number(String name, double above, double max) {
        var value = take(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Number number) || !(number.doubleValue() > above) || number.doubleValue() > max) {
            refuse(
                    name,
                    "%s %s is not a number above %s and at most %s".formatted(name, Shown.value(value), above, max));
            return null;
        }
        return number.doubleValue();
    }

    /// Labels; null where the field is absent.
    @Nullable
    Map<String, String> labels(String name) {
        var value = take(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> tree)) {
            refuse(name, "%s has to be an object of texts".formatted(name));
            return null;
        }
        var labels = new LinkedHashMap<String, String>();
        tree.forEach((key, label) -> {
            if (label instanceof String text && !isUnstorable(text)) {
                labels.put(String.valueOf(key), text);
            } else {
                violations.add(new Violation(
                        Pointer.member(Pointer.member(Pointer.ROOT, name), String.valueOf(key)),
                        "label %s has to be a text, not %s"
                                .formatted(Shown.name(String.valueOf(key)), Shown.value(label))));
            }
        });
        return labels;
    }

    /// Adds what only the caller can see.
    void refuse(String name, String message) {
        violations.add(new Violation(Pointer.member(Pointer.ROOT, name), message));
    }

    /// Says so where the field is absent or null.
    void require(String name, @Nullable Object value) {
        if (value == null
                && violations.stream().noneMatch(v -> v.pointer().equals(Pointer.member(Pointer.ROOT, name)))) {
            refuse(name, name + " is missing");
        }
    }

    /// @throws ProblemException `unknown-field` where fields are unknown and nothing else is wrong, else
    ///         `invalid-request`
    void check() {
        for (var name : unread.keySet()) {
            violations.add(Violation.unknownField(Pointer.member(Pointer.ROOT, name), name, known));
        }
        if (violations.isEmpty()) {
            return;
        }
        boolean onlyUnknown = violations.stream().allMatch(violation -> violation.kind() == Kind.UNKNOWN_FIELD);
        throw new ProblemException(
                onlyUnknown ? ProblemCode.UNKNOWN_FIELD : ProblemCode.INVALID_REQUEST,
                violations.size() == 1 ? "One thing is wrong" : violations.size() + " things are wrong",
                violations);
    }

    private @Nullable Object take(String name) {
        known.add(name);
        return unread.remove(name);
    }

    /// PostgreSQL's text has no U+0000, and half a surrogate pair has no UTF-8.
    private static boolean isUnstorable(String text) {
        return text.indexOf(0) >= 0 || !Objects.equals(new String(text.getBytes(UTF_8), UTF_8), text);
    }
}
