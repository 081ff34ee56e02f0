package dyno.result;

import dyno.web.Pointer;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Shown;
import dyno.web.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads another tool's JSON: what is wrong is collected with its place, fields that are not asked for are passed over,
/// since each version of a tool adds some. Used by one thread at a time.
final class ForeignTree {

    private final List<Violation> violations = new ArrayList<>();

    void refuse(String pointer, String message) {
        violations.add(new Violation(pointer, message));
    }

    /// @throws ProblemException `invalid-request` with everything that was wrong
    void check() {
        if (!violations.isEmpty()) {
            var detail = violations.size() == 1
                    ? violations.getFirst().message()
                    : "%d things are wrong with the document".formatted(violations.size());
            throw new ProblemException(ProblemCode.INVALID_REQUEST, detail, violations);
        }
    }

    /// An object's members; none where it is no object.
    Map<String, @Nullable Object> object(@Nullable Object value, String pointer) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> members.put(String.valueOf(name), member));
        } else {
            refuse(pointer, "%s is no object".formatted(Shown.value(value)));
        }
        return members;
    }

    /// A list's elements; none where it is no list.
    List<@Nullable Object> list(@Nullable Object value, String pointer) {
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        refuse(pointer, "%s is no list".formatted(Shown.value(value)));
        return List.of();
    }

    /// Text that the object must have; empty where it is refused.
    String text(Map<String, @Nullable Object> object, String name, String pointer) {
        if (object.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        refuse(Pointer.member(pointer, name), "'%s' is %s, not text".formatted(name, Shown.value(object.get(name))));
        return "";
    }

    /// A number that the object must have; JMH writes `"NaN"` where it has none, which is null here.
    @Nullable
    Double number(Map<String, @Nullable Object> object, String name, String pointer) {
        var value = object.get(name);
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        if (!"NaN".equals(value)) {
            refuse(Pointer.member(pointer, name), "'%s' is %s, not a number".formatted(name, Shown.value(value)));
        }
        return null;
    }
}
