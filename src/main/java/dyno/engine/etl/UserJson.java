package dyno.engine.etl;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;

/// A line's JSON, read by fields: what is there has to be of the type that a field has, and storable in PostgreSQL.
///
/// Used by one thread at a time, for one line after the other.
final class UserJson implements AutoCloseable {

    private static final int MICRO_DIGITS = 6;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonScanner.MAX_DEPTH)
                    .maxStringLength(JsonLines.MAX_LINE_BYTES)
                    .build())
            .build();

    private @Nullable JsonParser parser;

    /// Reads one element of a list, up to its end.
    @FunctionalInterface
    interface Element<T> {
        T read(UserJson in) throws BadUserException;
    }

    /// Opens a line, which is known to be an object.
    UserJson open(byte[] bytes, int from, int length) {
        parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, from, length);
        parser.nextToken();
        return this;
    }

    @Override
    public void close() {
        var open = parser;
        if (open != null) {
            open.close();
        }
    }

    /// Goes to the value of the current object's next field; false at the object's end.
    boolean nextField() {
        if (parser().nextToken() == JsonToken.PROPERTY_NAME) {
            parser().nextToken();
            return true;
        }
        return false;
    }

    String name() {
        return String.valueOf(parser().currentName());
    }

    /// Passes over the value with all that is in it.
    void skip() {
        parser().skipChildren();
    }

    /// Whether an object begins here; false for null.
    boolean isObject() throws BadUserException {
        return is(JsonToken.START_OBJECT, "object");
    }

    byte @Nullable [] text() throws BadUserException {
        return is(JsonToken.VALUE_STRING, "text") ? storable(parser().getString()) : null;
    }

    private byte[] storable(String text) throws BadUserException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new BadUserException(path(), "holds U+0000, which PostgreSQL has no place for");
            }
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    throw new BadUserException(path(), "holds half a character, U+%04X".formatted((int) c));
                }
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Nullable
    Integer integer() throws BadUserException {
        if (!is(JsonToken.VALUE_NUMBER_INT, "integer")) {
            return null;
        }
        long value = whole();
        if (value != (int) value) {
            throw new BadUserException(path(), "is %d, beyond 32 bits".formatted(value));
        }
        return (int) value;
    }

    @Nullable
    Long bigint() throws BadUserException {
        return is(JsonToken.VALUE_NUMBER_INT, "integer") ? whole() : null;
    }

    private long whole() throws BadUserException {
        return switch (parser().getNumberType()) {
            case INT, LONG -> parser().getLongValue();
            default ->
                throw new BadUserException(path(), "is %s, beyond 64 bits".formatted(shown(parser().getString())));
        };
    }

    @Nullable
    Boolean flag() throws BadUserException {
        if (parser().currentToken() == JsonToken.VALUE_FALSE) {
            return false;
        }
        return is(JsonToken.VALUE_TRUE, "true or false") ? true : null;
    }

    /// Degrees as micro-degrees, rounded half to even where there are more than six decimals.
    ///
    /// @param most to both sides of zero
    @Nullable
    Integer degrees(int most) throws BadUserException {
        if (parser().currentToken() != JsonToken.VALUE_NUMBER_INT && !is(JsonToken.VALUE_NUMBER_FLOAT, "number")) {
            return null;
        }
        var value = parser().getDecimalValue();
        if (value.abs().compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new BadUserException(path(), "is %s, beyond %d degrees".formatted(shown(parser().getString()), most));
        }
        if (value.precision() - (long) value.scale() < -MICRO_DIGITS) {
            // Nothing is left of it; and to round 1e-999999999 would take all memory there is.
            return 0;
        }
        return value.setScale(MICRO_DIGITS, RoundingMode.HALF_EVEN)
                .unscaledValue()
                .intValueExact();
    }

    byte[][] texts() throws BadUserException {
        return list(in -> {
                    var text = in.text();
                    if (text == null) {
                        throw new BadUserException(path(), "is null, not text");
                    }
                    return text;
                })
                .toArray(new byte[0][]);
    }

    /// A list; empty for null.
    <T> List<T> list(Element<T> element) throws BadUserException {
        if (!is(JsonToken.START_ARRAY, "list")) {
            return List.of();
        }
        var elements = new ArrayList<T>();
        while (parser().nextToken() != JsonToken.END_ARRAY) {
            elements.add(element.read(this));
        }
        return elements;
    }

    /// An element of a list of objects has to be one.
    <T> List<T> objects(Element<T> element) throws BadUserException {
        return list(in -> {
            if (!in.isObject()) {
                throw new BadUserException(path(), "is null, not an object");
            }
            return element.read(in);
        });
    }

    /// Whether the value is of that kind; false for null.
    private boolean is(JsonToken wanted, String called) throws BadUserException {
        var token = parser().currentToken();
        if (token == wanted) {
            return true;
        }
        if (token == JsonToken.VALUE_NULL) {
            return false;
        }
        throw new BadUserException(path(), "is %s, not %s".formatted(described(token), called));
    }

    private static String described(@Nullable JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case null, default -> "nothing";
        };
    }

    private static String shown(String number) {
        return number.length() <= 40 ? number : number.substring(0, 40) + "…";
    }

    /// Where the reader is: `messages[2].attachments[0].size`.
    String path() {
        var path = new StringBuilder();
        @Nullable TokenStreamContext context = parser().streamReadContext();
        // A container that was just opened is a context of its own, without a place in itself yet.
        if (context != null && !context.hasCurrentIndex() && !context.hasCurrentName()) {
            context = context.getParent();
        }
        for (; context != null && !context.inRoot(); context = context.getParent()) {
            if (context.inArray()) {
                path.insert(0, "[%d]".formatted(context.getCurrentIndex()));
            } else {
                path.insert(0, "." + context.currentName());
            }
        }
        return path.isEmpty() ? "the line" : path.substring(path.charAt(0) == '.' ? 1 : 0);
    }

    private JsonParser parser() {
        var open = parser;
        if (open == null) {
            throw new IllegalStateException("No line was opened");
        }
        return open;
    }
}
