package dyno.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fills defaults into a checked tree: what was given, else the computed default, else the fixed one. Keys
/// come out in the order of the record; fields that nobody gave are left out and listed.
///
/// Used by one thread, for one tree.
final class Completion {

    private final Map<String, Object> computed;
    private final List<String> missing = new ArrayList<>();
    private final List<String> uncomputed = new ArrayList<>();

    /// @param computed by dotted path; empty where they are not known yet
    Completion(Map<String, Object> computed) {
        this.computed = computed;
    }

    /// Dotted paths of the required fields that were not given.
    List<String> missing() {
        return List.copyOf(missing);
    }

    /// Dotted paths of the fields whose default is computed, but not known.
    List<String> uncomputed() {
        return List.copyOf(uncomputed);
    }

    Map<String, @Nullable Object> complete(RecordShape shape, Map<?, ?> given) {
        return object("", shape, given);
    }

    private Map<String, @Nullable Object> object(String parent, RecordShape shape, Map<?, ?> given) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        for (var field : shape.fields()) {
            var path = parent + field.name();
            if (field.nullIsValue() && given.containsKey(field.name()) && given.get(field.name()) == null) {
                tree.put(field.name(), null);
                continue;
            }
            var value = first(given.get(field.name()), computed.get(path), field.fixedDefault());
            if (value != null) {
                tree.put(field.name(), value(path, field.shape(), value));
            } else if (field.nullable()) {
                tree.put(field.name(), null);
            } else if (field.shape() instanceof Shape.Nested nested) {
                tree.put(field.name(), object(path + '.', nested.shape(), Map.of()));
            } else {
                (field.isRequired() ? missing : uncomputed).add(path);
            }
        }
        return Collections.unmodifiableMap(tree);
    }

    private static @Nullable Object first(
            @Nullable Object given, @Nullable Object computed, @Nullable Object fixedDefault) {
        if (given != null) {
            return given;
        }
        return computed != null ? computed : fixedDefault;
    }

    private Object value(String path, Shape shape, @Nullable Object value) {
        return switch (shape) {
            case Shape.Whole whole
            when value instanceof Long || value instanceof Integer -> ((Number) value).longValue();
            case Shape.Decimal decimal when value instanceof Number number -> number.doubleValue();
            case Shape.Flag flag when value instanceof Boolean -> value;
            case Shape.Text text when value instanceof String -> value;
            case Shape.Word word
            when value instanceof String name && word.words().contains(name) -> name;
            case Shape.Word word
            when value instanceof Enum<?> constant && word.constants().contains(constant) -> constant.name();
            case Shape.Listing listing when value instanceof List<?> list -> elements(path, listing.element(), list);
            case Shape.Nested nested when value instanceof Map<?, ?> map -> object(path + '.', nested.shape(), map);
            default -> throw new IllegalArgumentException("%s cannot be %s".formatted(path, value));
        };
    }

    private List<Object> elements(String path, Shape element, List<?> list) {
        var elements = new ArrayList<Object>(list.size());
        for (int i = 0; i < list.size(); i++) {
            elements.add(value(path + '[' + i + ']', element, list.get(i)));
        }
        return Collections.unmodifiableList(elements);
    }
}
