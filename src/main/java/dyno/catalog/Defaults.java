package dyno.catalog;

import dyno.web.Pointer;
import java.util.Arrays;
import java.util.List;

/// Reads the fixed defaults that [Field#defaultValue] writes as text.
final class Defaults {

    private Defaults() {}

    /// The default as it stands in a complete tree.
    ///
    /// @param text `42`, `true`, `COUNTER`, `[]`, `[245$a, 100$a]`; a list's elements hold no comma
    /// @throws IllegalArgumentException where the text is no value of the shape, or breaks its bounds
    static Object parse(Shape shape, String text) {
        var value = value(shape, text);
        var violations = new TreeCheck().value(new Place("the default", Pointer.ROOT), shape, value);
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException(violations.getFirst().message());
        }
        return value;
    }

    private static Object value(Shape shape, String text) {
        return switch (shape) {
            case Shape.Whole whole -> Long.valueOf(text);
            case Shape.Decimal decimal -> Double.valueOf(text);
            case Shape.Flag flag -> flag(text);
            case Shape.Text string -> text;
            case Shape.Word word -> text;
            case Shape.Listing list -> elements(list.element(), text);
            case Shape.Nested nested ->
                throw new IllegalArgumentException("a nested object has the defaults of its fields, not " + text);
        };
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text + " is neither true nor false");
        };
    }

    private static List<Object> elements(Shape element, String text) {
        if (!text.startsWith("[") || !text.endsWith("]")) {
            throw new IllegalArgumentException(text + " is not a list in brackets");
        }
        var within = text.substring(1, text.length() - 1).strip();
        return within.isEmpty()
                ? List.of()
                : Arrays.stream(within.split(",", -1))
                        .map(String::strip)
                        .map(Defaults::withoutQuotes)
                        .map(part -> value(element, part))
                        .toList();
    }

    private static String withoutQuotes(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
