package dyno.web;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a value out of a request is shown in a message: as JSON, on one line, shortened.
public final class Shown {

    private static final int MAX_CHARACTERS = 40;

    private Shown() {}

    /// `"FAST"`, `5`, `null`, `[...]`, `{...}`; never longer than a few dozen characters.
    ///
    /// @param value what a JSON parser gives
    public static String value(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> '"' + shorten(text) + '"';
            case BigInteger big -> number(big);
            case List<?> list -> list.isEmpty() ? "[]" : "[...]";
            case Map<?, ?> map -> map.isEmpty() ? "{}" : "{...}";
            default -> shorten(value.toString());
        };
    }

    /// The name of a field or parameter, without quotes.
    public static String name(String name) {
        return shorten(name);
    }

    /// The decimal digits of a number of megabits would take seconds, so that its size is shown instead.
    private static String number(BigInteger big) {
        return big.bitLength() > 4_096 ? "an integer of " + big.bitLength() + " bits" : shorten(big.toString());
    }

    private static String shorten(String text) {
        var shown = new StringBuilder();
        int pos = 0;
        for (int characters = 0; pos < text.length() && characters < MAX_CHARACTERS; characters++) {
            int character = text.codePointAt(pos);
            append(shown, character);
            pos += Character.charCount(character);
        }
        return pos < text.length() ? shown.append("...").toString() : shown.toString();
    }

    private static void append(StringBuilder shown, int character) {
        if (character == '"' || character == '\\') {
            shown.append('\\').append((char) character);
        } else if (isInvisible(character)) {
            shown.append("\\u%04x".formatted(character));
        } else {
            shown.appendCodePoint(character);
        }
    }

    /// Control and format characters and lone surrogates could garble a log line or a terminal.
    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
