package dyno.engine.aggregation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Label texts as the reference reads them: by Jackson and plain string functions, without a line of the engine's own
/// parser. Slow and obvious. Used by one thread at a time.
final class ReferenceLabels implements DuckLabels.Reader {

    private static final String PREFIX = "label_";

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    // The object itself is one level.
                    .maxNestingDepth(JsonLabels.MAX_DEPTH + 1)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private final List<String> keys;

    ReferenceLabels(List<String> enabledKeys) {
        // UTF-16 order differs from that of code points, so code points are compared.
        var sorted = new TreeSet<String>((a, b) -> java.util.Arrays.compare(
                a.codePoints().toArray(), b.codePoints().toArray()));
        sorted.addAll(enabledKeys);
        sorted.add(EnabledKeys.ALWAYS);
        this.keys = List.copyOf(sorted);
    }

    @Override
    public @Nullable String values(String raw) {
        var labels = labels(raw);
        if (labels == null) {
            return null;
        }
        var joined = new StringBuilder();
        for (int i = 0; i < keys.size(); i++) {
            joined.append(i == 0 ? "" : String.valueOf(DuckLabels.SEPARATOR));
            var value = labels.get(keys.get(i));
            joined.append(value == null ? "" : quoted(value));
        }
        return joined.toString();
    }

    /// All labels of a text, enabled or not; null where it is malformed.
    @Nullable
    Map<String, String> labels(String raw) {
        var text = raw.replaceAll("^ +", "").replaceAll(" +$", "");
        if (text.isEmpty() || text.equals("null")) {
            return Map.of();
        }
        if (text.indexOf('\0') >= 0) {
            return null;
        }
        return text.startsWith("{") ? json(text) : pipe(text);
    }

    private static @Nullable Map<String, String> pipe(String text) {
        var labels = new HashMap<String, String>();
        boolean usable = false;
        for (var piece : text.split("\\|", -1)) {
            int colon = piece.indexOf(':');
            if (colon < 0) {
                continue;
            }
            var key = piece.substring(0, colon).replaceAll("^ +", "").replaceAll(" +$", "");
            key = key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
            if (!key.isEmpty()) {
                usable = true;
                labels.put(key, piece.substring(colon + 1).replaceAll("^ +", "").replaceAll(" +$", ""));
            }
        }
        return usable ? labels : null;
    }

    private @Nullable Map<String, String> json(String text) {
        var labels = new HashMap<String, String>();
        try (var parser = json.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var key = checked(parser.currentName());
                var token = parser.nextToken();
                labels.put(key, token == JsonToken.VALUE_STRING ? checked(parser.getString()) : compact(parser));
            }
            return parser.nextToken() == null ? labels : null;
        } catch (JacksonException | IllegalArgumentException e) {
            // Malformed, which is a value here: the row counts with no labels.
            return null;
        }
    }

    private static String compact(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var members = new StringBuilder("{");
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    members.append(members.length() == 1 ? "" : ",").append(quoted(checked(parser.currentName())));
                    parser.nextToken();
                    members.append(':').append(compact(parser));
                }
                yield members.append('}').toString();
            }
            case START_ARRAY -> {
                var elements = new StringBuilder("[");
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.append(elements.length() == 1 ? "" : ",").append(compact(parser));
                }
                yield elements.append(']').toString();
            }
            case VALUE_STRING -> quoted(checked(parser.getString()));
            default -> parser.getString();
        };
    }

    /// @throws IllegalArgumentException for U+0000 and lone surrogates
    private static String checked(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !isPair)) {
                throw new IllegalArgumentException("A character that no text may hold");
            }
            i += isPair ? 1 : 0;
        }
        return text;
    }

    static String quoted(String value) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        return quoted.append('"').toString();
    }
}
