package dyno.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.catalog.FieldDescriptor.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaWriterTest {

    private final EngineEntry<BakeryWorkload> bakery = EngineEntry.of(new BakeryEngine());

    @Test
    void describesTheWhole() {
        assertThat(bakery.schema())
                .containsEntry("$schema", "https://json-schema.org/draft/2020-12/schema")
                .containsEntry("title", "Bakery")
                .containsEntry("description", "How many loaves a second.")
                .containsEntry("type", "object")
                .containsEntry("required", List.of("loaves"))
                .containsEntry("additionalProperties", false);
    }

    @Test
    void describesEveryKindOfField() {
        assertThat(property("loaves"))
                .isEqualTo(Map.of(
                        "description", "loaves to bake", "type", "integer", "minimum", 1L, "maximum", 1_000_000L));
        assertThat(property("sliceBytes"))
                .containsEntry("description", "bytes of one slice; a power of two")
                .containsEntry("default", 4096L);
        assertThat(property("ovens"))
                .containsEntry("description", "ovens in use; default: processors of the node")
                .doesNotContainKey("default");
        assertThat(property("hydration"))
                .isEqualTo(Map.of(
                        "description",
                        "water to flour",
                        "type",
                        "number",
                        "minimum",
                        0.5,
                        "maximum",
                        2.0,
                        "default",
                        0.7));
        assertThat(property("sell")).containsEntry("type", "boolean").containsEntry("default", true);
        assertThat(property("mode"))
                .containsEntry("enum", List.of("DIRECT", "LEGACY"))
                .containsEntry("default", "DIRECT");
        assertThat(property("shop"))
                .containsEntry("minLength", 1L)
                .containsEntry("maxLength", 8L)
                .containsEntry("pattern", "^(?:[a-z]+)$");
        assertThat(property("seed")).doesNotContainKeys("minimum", "maximum");
        assertThat(property("flourBytes")).containsEntry("type", List.of("integer", "null"));
        assertThat(property("forced"))
                .containsEntry("type", List.of("string", "null"))
                .containsEntry("enum", Arrays.asList("DIRECT", "LEGACY", null));
        assertThat(property("additions"))
                .containsEntry("items", Map.of("type", "string", "pattern", "^(?:[a-z]+)$"))
                .containsEntry("maxItems", 3L)
                .containsEntry("default", List.of("salt", "yeast"));
    }

    @Test
    void describesNestedObjects() {
        var input = property("input");
        var mixer = at(input, "properties", "mixer");

        assertThat(input).containsEntry("additionalProperties", false).doesNotContainKey("required");
        assertThat(mixer).containsEntry("type", List.of("object", "null")).containsEntry("required", List.of("turns"));
        assertThat(at(property("prices"), "items")).containsEntry("required", List.of("amount"));
    }

    @Test
    void describesFieldsForReaders() {
        var fields = bakery.fields();

        assertThat(fields)
                .extracting(FieldDescriptor::name)
                .startsWith("loaves", "sliceBytes")
                .endsWith("prices", "input");
        assertThat(fields.getFirst())
                .isEqualTo(new FieldDescriptor(
                        "loaves",
                        Type.INTEGER,
                        null,
                        "",
                        false,
                        true,
                        1L,
                        1_000_000L,
                        List.of(),
                        "loaves to bake",
                        List.of()));
        assertThat(fields.getLast().fields())
                .extracting(FieldDescriptor::name)
                .containsExactly("mixer", "frozen", "celsius");
    }

    private Map<Object, @Nullable Object> property(String name) {
        return at(bakery.schema(), "properties", name);
    }

    private static Map<Object, @Nullable Object> at(Map<?, ?> schema, String... path) {
        Map<?, ?> value = schema;
        for (var key : path) {
            value = (Map<?, ?>) value.get(key);
        }
        return new LinkedHashMap<>(value);
    }
}
