package dyno.catalog;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes records of complete trees. Numbers may have come through JSON, so that any integer will do for an
/// integer and any number for a number.
final class RecordMaker {

    private RecordMaker() {}

    /// @throws IllegalArgumentException where a field is missing, or is no value of its shape
    static Object make(RecordShape shape, Map<?, ?> tree) {
        var values = new @Nullable Object[shape.fields().size()];
        for (int i = 0; i < values.length; i++) {
            var field = shape.fields().get(i);
            var value = tree.get(field.name());
            if (value != null) {
                values[i] = value(field.name(), field.shape(), value);
            } else if (!field.nullable()) {
                throw new IllegalArgumentException("Complete workload lacks " + field.name());
            }
        }
        return shape.make(values);
    }

    private static Object value(String name, Shape shape, Object value) {
        return switch (shape) {
            case Shape.Whole whole
            when value instanceof Long || value instanceof Integer -> integer(whole, ((Number) value).longValue());
            case Shape.Decimal decimal when value instanceof Number number -> number.doubleValue();
            case Shape.Flag flag when value instanceof Boolean -> value;
            case Shape.Text text when value instanceof String -> value;
            case Shape.Word word when value instanceof String string -> constant(name, word, string);
            case Shape.Listing listing
            when value instanceof List<?> list ->
                list.stream()
                        .<Object>map(element -> value(name, listing.element(), element))
                        .toList();
            case Shape.Nested nested when value instanceof Map<?, ?> map -> make(nested.shape(), map);
            default -> throw new IllegalArgumentException("%s cannot be %s".formatted(name, value));
        };
    }

    private static Object integer(Shape.Whole whole, long value) {
        // Not a conditional expression: that would widen the int.
        if (whole.type() == int.class) {
            return Math.toIntExact(value);
        }
        return value;
    }

    private static Enum<?> constant(String name, Shape.Word word, String value) {
        for (var constant : word.constants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("%s cannot be %s".formatted(name, value));
    }
}
