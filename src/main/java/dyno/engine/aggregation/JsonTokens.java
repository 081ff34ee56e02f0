package dyno.engine.aggregation;

/// Strings, numbers, words and blanks of a JSON text, one after the other. Used by one thread at a time.
///
/// Strict: what RFC 8259 does not allow, U+0000 and lone surrogates are no token.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
final class JsonTokens {

    /// What [#peek] says at the end.
    private static final int END = -1;

    private final ByteBuilder decoded = new ByteBuilder(64);
    private byte[] text = {};
    private int pos;
    private int end;
    private byte[] string = {};
    private int from;
    private int to;

    /// Begins a text.
    ///
    /// @param limit index past its last byte
    void begin(byte[] bytes, int start, int limit) {
        text = bytes;
        pos = start;
        end = limit;
    }

    boolean isAtEnd() {
        return pos == end;
    }

    /// The next byte, negative past ASCII and at the end.
    int peek() {
        return pos < end ? text[pos] : END;
    }

    /// Passes the next byte over.
    void pass() {
        pos++;
    }

    void skipSpace() {
        while (pos < end) {
            int b = text[pos];
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return;
            }
            pos++;
        }
    }

    /// Holds the string that was read last, from [#from] to [#to]: the text itself, unless it had escapes.
    byte[] string() {
        return string;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /// Reads the string whose opening quote is next.
    boolean readString() {
        int start = ++pos;
        while (pos < end) {
            int b = text[pos];
            if (b == '"') {
                string = text;
                from = start;
                to = pos++;
                return true;
            }
            if (b == '\\') {
                return stringWithEscapes(start);
            }
            if (b >= 0 && b < ' ') {
                return false;
            }
            pos++;
        }
        return false;
    }

    private boolean stringWithEscapes(int start) {
        decoded.truncate(0).add(text, start, pos - start);
        while (pos < end) {
            int b = text[pos++];
            if (b == '"') {
                string = decoded.array();
                from = 0;
                to = decoded.length();
                return true;
            }
            if (b == '\\') {
                if (!escape()) {
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

    private boolean escape() {
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
                return unicode();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean unicode() {
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

    /// Copies the word where it is next.
    boolean word(String word, ByteBuilder out) {
        if (end - pos < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text[pos + i] != word.charAt(i)) {
                return false;
            }
        }
        out.add(text, pos, word.length());
        pos += word.length();
        return true;
    }

    /// Copies the number where one is next.
    boolean number(ByteBuilder out) {
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
        out.add(text, start, pos - start);
        return true;
    }

    private boolean digits() {
        int start = pos;
        while (pos < end && text[pos] >= '0' && text[pos] <= '9') {
            pos++;
        }
        return pos > start;
    }
}
