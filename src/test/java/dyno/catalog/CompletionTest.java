package dyno.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Field;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompletionTest {

    record Oven(
            @Field(value = "minutes; null: until done", computedDefault = "the recipe's", nullIsValue = true) @Nullable
            Integer minutes,

            @Field(value = "degrees", computedDefault = "the recipe's") @Nullable
            Integer degrees) {}

    private final RecordShape shape = ShapeReader.read(Oven.class);

    @Test
    void honoursNullWhereItIsAValue() {
        assertThat(complete("minutes", null)).containsEntry("minutes", null).containsEntry("degrees", 200L);
    }

    @Test
    void computesTheDefaultWhereNothingWasGiven() {
        assertThat(complete("degrees", 180L)).containsEntry("minutes", 50L).containsEntry("degrees", 180L);
    }

    @Test
    void takesNullForAbsentElsewhere() {
        assertThat(complete("degrees", null)).containsEntry("degrees", 200L);
    }

    private Map<String, @Nullable Object> complete(String field, @Nullable Object value) {
        var given = new HashMap<String, @Nullable Object>();
        given.put(field, value);
        return new Completion(Map.of("minutes", 50L, "degrees", 200L)).complete(shape, given);
    }
}
