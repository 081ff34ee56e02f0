package dyno.result;

import dyno.web.Pointer;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Shown;
import dyno.web.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads another tool's JSON: what is wrong is collected with its place, fields that are not asked for are
/// passed over, since each version of a tool adds some. Used by one thread at a time.
final class ForeignTree {

    /// PostgreSQL's indexes take entries of 2,704 bytes.
    private static final int MAX_NAME_BYTES = 2_000;

    private static final int MOST_CASES = 2_000;

    /// A document of the largest size has room for 300,000 figures; an answer that names each that is
    /// wrong would be
    /// many times its size.
    private static final int MOST_VIOLATIONS = 1_000;

    private final List<Violation> violations = new ArrayList<>();
    private int refused;

    void refuse(String pointer, String message) {
        refused++;
        if (violations.size() < MOST_VIOLATIONS) {
            violations.add(new Violation(pointer, message));
        }
    }

    /// @throws ProblemException `invalid-request` with everything that was wrong, the first 1,000 by their
    /// places
    void check() {
        if (!violations.isEmpty()) {
            var detail = refused == 1
                    ? violations.getFirst().message()
                    : "%d things are wrong with the document".formatted(refused);
            throw new ProblemException(ProblemCode.INVALID_REQUEST, detail, violations);
        }
    }

    /// Refuses what JSON can spell and PostgreSQL cannot keep: U+0000 and halves of surrogate pairs.
    /// Nesting is bounded by the parser.
    void requireStorable(@Nullable Object value, String pointer) {
        switch (value) {
            case String text -> requireStorable(text, pointer);
            case Map<?, ?> map ->
                map.forEach((name, member) -> {
                    requireStorable(String.valueOf(name), pointer);
                    requireStorable(member, Pointer.member(pointer, String.valueOf(name)));
                });
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    requireStorable(list.get(i), Pointer.element(pointer, i));
                }
            }
            case null, default -> {
                // Numbers, true, false and null can be kept.
            }
        }
    }

    private void requireStorable(String text, String pointer) {
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            refuse(pointer, "%s has a character that cannot be kept".formatted(Shown.value(text)));
        }
    }

    /// Refuses names of cases that no index takes, and more cases than a run has use for.
    void requireBounded(List<CaseResult> cases) {
        if (cases.size() > MOST_CASES) {
            refuse(Pointer.ROOT, "The document makes %d cases, more than %d".formatted(cases.size(), MOST_CASES));
        }
        for (var one : cases) {
            if (one.name().getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                refuse(
                        Pointer.ROOT,
                        "The name %s has more than %d bytes".formatted(Shown.value(one.name()), MAX_NAME_BYTES));
            }
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
            return Collections.unmodifiableList(new ArrayList<@Nullable Object>(list));
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
