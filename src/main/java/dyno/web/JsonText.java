package dyno.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes trees as JSON without blanks, keys in the order of their maps.
///
/// For what is written outside Spring, by valves and filters, and where the text has to be the same for ever.
final class JsonText {

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    /// @throws IllegalArgumentException for a value that JSON has no word for
    static String of(@Nullable Object tree) {
        var writer = new JsonText();
        writer.value(tree);
        return writer.text.toString();
    }

    private void value(@Nullable Object tree) {
        switch (tree) {
            case null -> text.append("null");
            case String string -> string(string);
            case Double number
            when !Double.isFinite(number) -> throw new IllegalArgumentException("JSON has no word for " + number);
            case Number number -> text.append(number);
            case Boolean flag -> text.append(flag.booleanValue());
            case Map<?, ?> map -> object(map);
            case List<?> list -> list(list);
            default -> throw new IllegalArgumentException("JSON has no word for a " + tree.getClass());
        }
    }

    private void object(Map<?, ?> map) {
        text.append('{');
        boolean first = true;
        for (var member : map.entrySet()) {
            if (!first) {
                text.append(',');
            }
            first = false;
            string(String.valueOf(member.getKey()));
            text.append(':');
            value(member.getValue());
        }
        text.append('}');
    }

    private void list(List<?> list) {
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            value(list.get(i));
        }
        text.append(']');
    }

    private void string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < 0x20 || isLoneSurrogate(string, i)) {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    /// Half a pair has no UTF-8 and would become a question mark.
    private static boolean isLoneSurrogate(String string, int i) {
        char c = string.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == string.length() || !Character.isLowSurrogate(string.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(string.charAt(i - 1)));
    }
}
