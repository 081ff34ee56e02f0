package dyno.catalog;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dyno.engine.Field;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShapeReaderTest {

    record Undescribed(int loaves) {}

    record Boxed(@Field("loaves") Integer loaves) {}

    record OddType(@Field("loaves") Set<String> loaves) {}

    record WrongDefault(
            @Field(value = "loaves", defaultValue = "many") int loaves) {}

    record DefaultOutOfBounds(
            @Field(value = "loaves", defaultValue = "0", min = "1")
            int loaves) {}

    record DefaultNoWord(
            @Field(value = "loaves", defaultValue = "LAZY") Thread.State state) {}

    record WrongList(
            @Field(value = "loaves", defaultValue = "a, b") List<String> loaves) {}

    record Inner(
            @Field(value = "loaves", defaultValue = "1") int loaves) {}

    record NullableWithoutOptional(@Field("inner") @Nullable Inner inner) {}

    record OptionalWithoutNullable(
            @Field(value = "inner", optional = true) Inner inner) {}

    record OptionalNumber(
            @Field(value = "loaves", optional = true) @Nullable
            Integer loaves) {}

    @Test
    void namesTheComponentThatCannotBeDescribed() {
        refuses(Undescribed.class, "Undescribed.loaves has no @Field");
        refuses(Boxed.class, "Boxed.loaves is boxed but not @Nullable");
        refuses(OddType.class, "OddType.loaves cannot be described: no field has the type java.util.Set");
        refuses(WrongDefault.class, "WrongDefault.loaves cannot be described: ");
        refuses(DefaultOutOfBounds.class, "DefaultOutOfBounds.loaves cannot be described: the default 0 is below 1");
        refuses(DefaultNoWord.class, "DefaultNoWord.state cannot be described: the default \"LAZY\" is none of NEW");
        refuses(WrongList.class, "WrongList.loaves cannot be described: a, b is not a list in brackets");
        refuses(NullableWithoutOptional.class, "NullableWithoutOptional.inner is optional but no @Nullable record");
        refuses(OptionalWithoutNullable.class, "OptionalWithoutNullable.inner is optional but no @Nullable record");
        refuses(OptionalNumber.class, "OptionalNumber.loaves is optional but no @Nullable record");
        refuses(String.class, "java.lang.String is not a record");
    }

    private static void refuses(Class<?> type, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ShapeReader.read(type))
                .withMessageStartingWith(message);
    }
}
