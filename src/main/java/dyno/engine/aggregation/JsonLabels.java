package dyno.engine.aggregation;

import java.util.Arrays;

/// Reads a JSON object of labels: keys and values, values as they stand in canonical text. Values that are not
/// strings become their compact JSON text.
///
/// Strict: what RFC 8259 does not allow, U+0000 and lone surrogates make the whole text malformed. Used by one thread
/// at a time; what was read is valid until the next reading.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
final class JsonLabels {

    /// Deeper nesting is taken for malformed, before the stack runs out.
    static final int MAX_DEPTH = 500;

    private static final int END = -1;

    private final EnabledKeys enabled;
    private final ByteBuilder key = new ByteBuilder(64);
    private final ByteBuilder string = new ByteBuilder(64);
    private final ByteBuilder compact = new ByteBuilder(64);
    private final ByteBuilder values = new ByteBuilder(512);
    private int[] entries = new int[48];
    private int count;
    private byte[] text = {};
    private int pos;
    private int end;
    private int from;
    private int to;

    JsonLabels(EnabledKeys enabled) {
        this.enabled = enabled;
    }

    /// Reads the object that starts at `start` and ends with the text.
    ///
    /// @param bytes UTF-8
    /// @return whether it is well formed; where not, nothing was read
    boolean read(byte[] bytes, int start, int limit) {
        text = bytes;
        pos = start;
        end = limit;
        count = 0;
        values.truncate(0);
        boolean isWellFormed = object();
        skipSpace();
        if (!isWellFormed || pos != end) {
            count = 0;
            return false;
        }
        return true;
    }

    /// Entries with enabled keys, in the order of the text, duplicates among them.
    int count() {
        return count;
    }

    int key(int index) {
        return entries[3 * index];
    }

    int valueFrom(int index) {
        return entries[3 * index + 1];
    }

    int valueLength(int index) {
        return entries[3 * index + 2];
    }

    byte[] values() {
        return values.array();
    }

    private boolean object() {
        pos++;
        skipSpace();
        if (peek() == '}') {
            pos++;
            return true;
        }
        while (true) {
            if (peek() != '"' || !string(key)) {
                return false;
            }
            int found = enabled.find(key(), from, to - from);
            skipSpace();
            if (peek() != ':') {
                return false;
            }
            pos++;
            skipSpace();
            if (!value(found)) {
                return false;
            }
            skipSpace();
            int next = peek();
            pos++;
            if (next == '}') {
                return true;
            }
            if (next != ',') {
                return false;
            }
            skipSpace();
        }
    }

    /// Where the string that was read last stands: the text itself, unless it had escapes.
    private byte[] key() {
        return source == null ? text : source;
    }

    private byte @org.jspecify.annotations.Nullable [] source;

    private boolean value(int enabledKey) {
        int at = values.length();
        if (peek() == '"') {
            if (!string(string)) {
                return false;
            }
            if (enabledKey >= 0) {
                CanonicalJson.quote(key(), from, to - from, values);
            }
        } else {
            compact.truncate(0);
            if (!compact(1)) {
                return false;
            }
            if (enabledKey >= 0) {
                CanonicalJson.quote(compact.array(), 0, compact.length(), values);
            }
        }
        if (enabledKey >= 0) {
            if (3 * count == entries.length) {
                entries = Arrays.copyOf(entries, 2 * entries.length);
            }
            entries[3 * count] = enabledKey;
            entries[3 * count + 1] = at;
            entries[3 * count + 2] = values.length() - at;
            count++;
        }
        return true;
    }

    /// Adds the value at `pos` to the compact text.
    private boolean compact(int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        return switch (peek()) {
            case '{' -> compactMembers(depth, '}');
            case '[' -> compactMembers(depth, ']');
            case '"' -> compactString();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean compactMembers(int depth, char close) {
        compact.add(text[pos++]);
        skipSpace();
        if (peek() == close) {
            compact.add(close);
            pos++;
            return true;
        }
        while (true) {
            if (close == '}') {
                if (peek() != '"' || !compactString()) {
                    return false;
                }
                skipSpace();
                if (peek() != ':') {
                    return false;
                }
                pos++;
                compact.add(':');
                skipSpace();
            }
            if (!compact(depth + 1)) {
                return false;
            }
            skipSpace();
            int next = peek();
            pos++;
            if (next != ',' && next != close) {
                return false;
            }
            compact.add(next);
            if (next == close) {
                return true;
            }
            skipSpace();
        }
    }

    private boolean compactString() {
        if (!string(string)) {
            return false;
        }
        CanonicalJson.quote(key(), from, to - from, compact);
        return true;
    }

    private boolean word(String word) {
        if (end - pos < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text[pos + i] != word.charAt(i)) {
                return false;
            }
        }
        compact.add(text, pos, word.length());
        pos += word.length();
        return true;
    }

    private boolean number() {
        int start = pos;
        if (peek() == '-') {
            pos++;
        }
        if (peek() == '0') {
            pos++;
        } else if (!digits()) {
            return false;
        }
        if (peek() == '.') {
            pos++;
            if (!digits()) {
                return false;
            }
        }
        if (peek() == 'e' || peek() == 'E') {
            pos++;
            if (peek() == '+' || peek() == '-') {
                pos++;
            }
            if (!digits()) {
                return false;
            }
        }
        compact.add(text, start, pos - start);
        return true;
    }

    private boolean digits() {
        int start = pos;
        while (pos < end && text[pos] >= '0' && text[pos] <= '9') {
            pos++;
        }
        return pos > start;
    }

    /// Reads the string at `pos`: afterwards it stands in [#key] from `from` to `to`.
    private boolean string(ByteBuilder decoded) {
        int start = ++pos;
        while (pos < end) {
            int b = text[pos];
            if (b == '"') {
                source = null;
                from = start;
                to = pos++;
                return true;
            }
            if (b == '\\') {
                return stringWithEscapes(start, decoded);
            }
            if (b >= 0 && b < ' ') {
                return false;
            }
            pos++;
        }
        return false;
    }

    private boolean stringWithEscapes(int start, ByteBuilder decoded) {
        decoded.truncate(0).add(text, start, pos - start);
        while (pos < end) {
            int b = text[pos++];
            if (b == '"') {
                source = decoded.array();
                from = 0;
                to = decoded.length();
                return true;
            }
            if (b == '\\') {
                if (!escape(decoded)) {
                    return false;
                }
            } else if (b >= 0 && b < ' ') {
                return false;
            } else {
                decoded.add(b);
            }
        }
        return false;
    }

    private boolean escape(ByteBuilder decoded) {
        int escaped = peek();
        pos++;
        switch (escaped) {
            case '"', '\\', '/' -> decoded.add(escaped);
            case 'b' -> decoded.add('\b');
            case 'f' -> decoded.add('\f');
            case 'n' -> decoded.add('\n');
            case 'r' -> decoded.add('\r');
            case 't' -> decoded.add('\t');
            case 'u' -> {
                return unicode(decoded);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean unicode(ByteBuilder decoded) {
        int unit = hex();
        if (unit <= 0) {
            return false;
        }
        int codePoint = unit;
        if (Character.isSurrogate((char) unit)) {
            if (Character.isLowSurrogate((char) unit) || end - pos < 6 || text[pos] != '\\' || text[pos + 1] != 'u') {
                return false;
            }
            pos += 2;
            int low = hex();
            if (low <= 0 || !Character.isLowSurrogate((char) low)) {
                return false;
            }
            codePoint = Character.toCodePoint((char) unit, (char) low);
        }
        decoded.addCodePoint(codePoint);
        return true;
    }

    /// Four hex digits; -1 where there are none.
    private int hex() {
        if (end - pos < 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(text[pos++], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private int peek() {
        return pos < end ? text[pos] : END;
    }

    private void skipSpace() {
        while (pos < end) {
            int b = text[pos];
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return;
            }
            pos++;
        }
    }
}
