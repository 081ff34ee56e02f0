package dyno.job;

import dyno.web.Pointer;
import dyno.web.Shown;
import dyno.web.Violation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One JSON object of a submission, read field by field. What has the wrong type or breaks a bound goes to the
/// faults and reads as absent, so that reading goes on; whatever nobody asked for is an unknown field.
///
/// Used by one thread at a time.
public final class Fields {

    private final String pointer;
    private final Faults faults;
    private final boolean isObject;
    private final Map<String, @Nullable Object> unread;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(String pointer, Map<String, @Nullable Object> tree, Faults faults, boolean isObject) {
        this.pointer = pointer;
        this.faults = faults;
        this.isObject = isObject;
        this.unread = new LinkedHashMap<>(tree);
    }

    /// Begins to read a whole body; text that the database cannot keep is found first.
    ///
    /// @return empty fields where `tree` is no object
    public static Fields ofBody(@Nullable Object tree, Faults faults) {
        StorableText.check(tree, "", faults);
        return of(tree, "", faults);
    }

    /// As [#ofBody], for bodies in which null stands for absent: what the service shows can be sent back.
    public static Fields ofShownBody(@Nullable Object tree, Faults faults) {
        if (!(tree instanceof Map<?, ?> given)) {
            return ofBody(tree, faults);
        }
        var members = new LinkedHashMap<Object, Object>();
        given.forEach((name, value) -> {
            if (name != null && value != null) {
                members.put(name, value);
            }
        });
        return ofBody(members, faults);
    }

    /// @return empty fields where `tree` is no object
    static Fields of(@Nullable Object tree, String pointer, Faults faults) {
        var object = object(tree);
        if (object == null) {
            faults.add(pointer, "an object is expected, not " + kind(tree));
            return new Fields(pointer, Map.of(), faults, false);
        }
        return new Fields(pointer, object, faults, true);
    }

    public String pointer(String name) {
        return Pointer.member(pointer, name);
    }

    public boolean has(String name) {
        known.add(name);
        return unread.containsKey(name);
    }

    /// Says so where the member is missing. What is no object at all was said to be none.
    public void require(String name) {
        if (isObject && !has(name)) {
            faults.add(pointer, "'%s' is missing".formatted(name));
        }
    }

    public @Nullable Object take(String name) {
        return unread.remove(name);
    }

    public @Nullable String text(String name, int maxCharacters) {
        if (!has(name)) {
            return null;
        }
        var value = take(name);
        if (!(value instanceof String text)) {
            faults.add(pointer(name), "'%s' has to be a string, not %s".formatted(name, kind(value)));
            return null;
        }
        if (text.length() > maxCharacters) {
            faults.add(
                    pointer(name),
                    "'%s' has %d characters, more than %d".formatted(name, text.length(), maxCharacters));
            return null;
        }
        return text;
    }

    public @Nullable String text(String name, Pattern pattern) {
        var text = text(name, Integer.MAX_VALUE);
        if (text != null && !pattern.matcher(text).matches()) {
            faults.add(pointer(name), "'%s' does not match %s".formatted(name, pattern));
            return null;
        }
        return text;
    }

    /// What the body is about: member `name`, which may repeat the address where that has one.
    ///
    /// @param addressed the address's; null where the body has to give it
    /// @return empty where there is none, which is a fault
    public String name(@Nullable String addressed, Pattern pattern) {
        if (addressed == null) {
            require("name");
        }
        var name = text("name", pattern);
        if (addressed == null) {
            return Objects.requireNonNullElse(name, "");
        }
        if (!pattern.matcher(addressed).matches()) {
            faults.add(pointer, "the name %s does not match %s".formatted(Shown.value(addressed), pattern));
        } else if (name != null && !name.equals(addressed)) {
            faults.add(pointer("name"), "'name' is '%s', and the address says '%s'".formatted(name, addressed));
        }
        return addressed;
    }

    public @Nullable Integer integer(String name, int min, int max) {
        if (!has(name)) {
            return null;
        }
        var value = take(name);
        if (!(value instanceof Long || value instanceof BigInteger)) {
            faults.add(pointer(name), "'%s' has to be an integer, not %s".formatted(name, kind(value)));
            return null;
        }
        if (!(value instanceof Long number) || number < min || number > max) {
            faults.add(
                    pointer(name), "'%s' is %s, not between %d and %d".formatted(name, Shown.value(value), min, max));
            return null;
        }
        return number.intValue();
    }

    /// True or false; null where it is absent or was found faulty.
    public @Nullable Boolean flag(String name) {
        if (!has(name)) {
            return null;
        }
        var value = take(name);
        if (!(value instanceof Boolean flag)) {
            faults.add(pointer(name), "'%s' has to be true or false, not %s".formatted(name, kind(value)));
            return null;
        }
        return flag;
    }

    public <E extends Enum<E>> @Nullable E word(String name, List<E> allowed) {
        if (!has(name)) {
            return null;
        }
        return word(take(name), allowed, pointer(name), faults);
    }

    public static <E extends Enum<E>> @Nullable E word(
            @Nullable Object value, List<E> allowed, String pointer, Faults faults) {
        for (var constant : allowed) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        faults.add(pointer, "one of %s is expected, not %s".formatted(allowed, Shown.value(value)));
        return null;
    }

    /// The member as an object; empty where it is absent or was found faulty.
    public Map<String, @Nullable Object> object(String name) {
        if (!has(name)) {
            return Map.of();
        }
        var value = take(name);
        var object = object(value);
        if (object == null) {
            faults.add(pointer(name), "'%s' has to be an object, not %s".formatted(name, kind(value)));
            return Map.of();
        }
        return object;
    }

    /// The member `labels`; empty where it is absent. Those that are faulty are not in it.
    public Map<String, String> labels() {
        return Labels.read(object("labels"), pointer("labels"), faults);
    }

    /// The member as a list; empty where it is absent or was found faulty.
    List<@Nullable Object> list(String name) {
        if (!has(name)) {
            return List.of();
        }
        var value = take(name);
        var list = list(value);
        if (list == null) {
            faults.add(pointer(name), "'%s' has to be a list, not %s".formatted(name, kind(value)));
            return List.of();
        }
        return list;
    }

    /// Says that whatever was not taken is unknown.
    public void end() {
        for (var name : unread.keySet()) {
            faults.add(Violation.unknownField(pointer(name), name, known));
        }
    }

    /// The tree as an object; null where it is none.
    static @Nullable Map<String, @Nullable Object> object(@Nullable Object tree) {
        if (!(tree instanceof Map<?, ?> map)) {
            return null;
        }
        var object = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, value) -> object.put(Objects.requireNonNull((String) name), value));
        return object;
    }

    /// The tree as a list; null where it is none.
    static @Nullable List<@Nullable Object> list(@Nullable Object tree) {
        return tree instanceof List<?> list ? new ArrayList<@Nullable Object>(list) : null;
    }

    /// What stands there, in JSON's words.
    static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "a string";
            case Boolean flag -> "a boolean";
            case Map<?, ?> map -> "an object";
            case List<?> list -> "a list";
            default -> "the number " + Shown.value(value);
        };
    }
}
