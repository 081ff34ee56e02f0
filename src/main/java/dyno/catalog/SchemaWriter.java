package dyno.catalog;

import dyno.catalog.Descriptors.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes shapes as JSON Schema, draft 2020-12. What the schema language has no word for (powers of two,
/// computed defaults) stands in the description.
///
/// @see <a href="https://json-schema.org/draft/2020-12/json-schema-validation">Validation vocabulary</a>
final class SchemaWriter {

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private SchemaWriter() {}

    static Map<String, Object> write(String title, String description, RecordShape shape) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", DIALECT);
        schema.put("title", title);
        schema.put("description", description);
        schema.putAll(object(shape));
        return schema;
    }

    private static Map<String, Object> object(RecordShape shape) {
        var properties = new LinkedHashMap<String, Object>();
        shape.fields().forEach(field -> properties.put(field.name(), property(field)));
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        var required = shape.fields().stream()
                .filter(FieldShape::isRequired)
                .map(FieldShape::name)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> property(FieldShape field) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", description(field));
        schema.putAll(value(field.shape()));
        if (field.nullable()) {
            allowNull(schema);
        }
        if (field.fixedDefault() != null) {
            schema.put("default", field.fixedDefault());
        }
        return schema;
    }

    private static String description(FieldShape field) {
        var text = new StringBuilder(field.meaning());
        if (field.shape() instanceof Shape.Whole whole && whole.powerOfTwo()) {
            text.append("; a power of two");
        }
        if (!field.computedDefault().isEmpty()) {
            text.append("; default: ").append(field.computedDefault());
        }
        return text.toString();
    }

    private static Map<String, Object> value(Shape shape) {
        return switch (shape) {
            case Shape.Whole whole -> bounded("integer", "minimum", "maximum", shape);
            case Shape.Decimal decimal -> bounded("number", "minimum", "maximum", shape);
            case Shape.Flag flag -> Map.of("type", "boolean");
            case Shape.Text text -> {
                var schema = bounded("string", "minLength", "maxLength", shape);
                putPattern(schema, text.pattern());
                yield schema;
            }
            case Shape.Word word -> {
                var schema = new LinkedHashMap<String, Object>();
                schema.put("type", "string");
                schema.put("enum", word.words());
                yield schema;
            }
            case Shape.Listing listing -> {
                var schema = bounded("array", "minItems", "maxItems", shape);
                schema.put("items", value(listing.element()));
                yield schema;
            }
            case Shape.Nested nested -> object(nested.shape());
        };
    }

    private static Map<String, Object> bounded(String type, String least, String most, Shape shape) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", type);
        Range bounds = Descriptors.bounds(shape);
        if (bounds.min() != null) {
            schema.put(least, bounds.min());
        }
        if (bounds.max() != null) {
            schema.put(most, bounds.max());
        }
        return schema;
    }

    /// A schema's pattern matches anywhere; ours match the whole string.
    private static void putPattern(Map<String, Object> schema, @Nullable Pattern pattern) {
        if (pattern != null) {
            schema.put("pattern", "^(?:" + pattern + ")$");
        }
    }

    private static void allowNull(Map<String, Object> schema) {
        schema.computeIfPresent("type", (key, type) -> List.of(type, "null"));
        schema.computeIfPresent("enum", (key, words) -> {
            var withNull = new ArrayList<@Nullable Object>((List<?>) words);
            withNull.add(null);
            return withNull;
        });
    }
}
