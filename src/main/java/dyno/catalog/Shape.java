package dyno.catalog;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What values of a workload field look like, in JSON and in Java. Bounds are inclusive.
sealed interface Shape {

    /// An integer.
    ///
    /// @param type `int.class` or `long.class`
    record Whole(Class<?> type, long min, long max, boolean powerOfTwo) implements Shape {}

    /// A number with a fraction; infinite bounds where it has none.
    record Decimal(double min, double max) implements Shape {}

    /// True or false.
    record Flag() implements Shape {}

    /// A string of so many characters (code points).
    ///
    /// @param pattern what it has to match as a whole; null for anything
    record Text(long min, long max, @Nullable Pattern pattern) implements Shape {}

    /// The name of an enum constant.
    record Word(List<? extends Enum<?>> constants) implements Shape {

        List<String> words() {
            return constants.stream().<String>map(Enum::name).toList();
        }
    }

    /// A list of so many elements.
    record Listing(Shape element, long min, long max) implements Shape {}

    /// A nested object.
    record Nested(RecordShape shape) implements Shape {}
}
