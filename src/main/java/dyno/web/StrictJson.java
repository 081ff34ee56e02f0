package dyno.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads a body that is one JSON value, in UTF-8 and without anything that readers might take differently:
/// no duplicate keys, no comments, nothing after the value, at most [#MAX_DEPTH] levels.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
public final class StrictJson {

    /// Objects and lists within each other.
    public static final int MAX_DEPTH = 32;

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    /// The value as a tree of `Map` (in the body's order), `List`, `String`, `Boolean`, `Long`, `BigInteger`
    /// (integers beyond 64 bits), `Double` (with a fraction or an exponent; infinite where too large) and null.
    ///
    /// @throws ProblemException `malformed-json`, with line and column
    public static @Nullable Object parse(byte[] utf8) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text(utf8))) {
            return new StrictJson(parser).wholeBody();
        } catch (StreamConstraintsException e) {
            throw malformed("A number or a name is too long" + at(e.getLocation()), e);
        } catch (JacksonException e) {
            throw malformed("The body stops being JSON" + at(e.getLocation()), e);
        }
    }

    private static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("The body is not UTF-8", e);
        }
    }

    private @Nullable Object wholeBody() {
        var first = parser.nextToken();
        if (first == null) {
            throw malformed("The body is empty", null);
        }
        var value = value(first, 0);
        if (parser.nextToken() != null) {
            throw malformed("Something follows the value" + here(), null);
        }
        return value;
    }

    private @Nullable Object value(JsonToken token, int depth) {
        return switch (token) {
            case START_OBJECT -> object(deeper(depth));
            case START_ARRAY -> list(deeper(depth));
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw malformed("The body stops being JSON" + here(), null);
        };
    }

    private int deeper(int depth) {
        if (depth == MAX_DEPTH) {
            throw malformed("Objects and lists are nested deeper than %d levels%s".formatted(MAX_DEPTH, here()), null);
        }
        return depth + 1;
    }

    private Map<String, @Nullable Object> object(int depth) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            if (members.containsKey(name)) {
                throw malformed("The key %s appears twice in one object%s".formatted(Shown.value(name), here()), null);
            }
            members.put(name, value(parser.nextToken(), depth));
        }
        return members;
    }

    private List<@Nullable Object> list(int depth) {
        var elements = new ArrayList<@Nullable Object>();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(token, depth));
        }
        return elements;
    }

    private Object integer() {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> parser.getBigIntegerValue();
        };
    }

    private String here() {
        return at(parser.currentTokenLocation());
    }

    private static String at(@Nullable TokenStreamLocation location) {
        return location == null ? "" : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static ProblemException malformed(String detail, @Nullable Exception cause) {
        var problem = new ProblemException(ProblemCode.MALFORMED_JSON, detail);
        if (cause != null) {
            problem.initCause(cause);
        }
        return problem;
    }
}
