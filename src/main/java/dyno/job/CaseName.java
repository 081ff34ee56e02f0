package dyno.job;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a case is called: `legacy[chunkBytes=4194304,threads=2]`.
final class CaseName {

    /// The only variant of a job that names none.
    static final String DEFAULT_VARIANT = "default";

    private CaseName() {}

    /// @param values matrix values by key, in the order of the matrix
    static String of(String variant, Map<String, @Nullable Object> values) {
        if (values.isEmpty()) {
            return variant;
        }
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + valueOf(value.getValue()))
                .collect(Collectors.joining(",", variant + "[", "]"));
    }

    /// A matrix value without blanks of its own: strings bare, lists and objects as in JSON.
    static String valueOf(@Nullable Object value) {
        return value instanceof String text ? text : json(value);
    }

    private static String json(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            case List<?> list -> list.stream().map(CaseName::json).collect(Collectors.joining(",", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(member -> json(member.getKey()) + ":" + json(member.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            default -> value.toString();
        };
    }
}
