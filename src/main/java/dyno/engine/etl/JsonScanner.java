package dyno.engine.etl;

/// Finds out whether bytes are one JSON object in UTF-8, and where they stop being one. Makes nothing of what it
/// reads.
///
/// Takes what RFC 8259 has and nothing more, at most [#MAX_DEPTH] levels deep; blanks may stand around the object.
/// Used by one thread at a time; allocates nothing.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
final class JsonScanner {

    static final int MAX_DEPTH = 512;

    /// No byte is wrong.
    static final int FINE = -1;

    /// Bytes that a string holds as they are: ASCII from blank on, but quote and backslash.
    private static final boolean[] PLAIN = plain();

    private final boolean[] isObject = new boolean[MAX_DEPTH];
    private byte[] bytes = {};
    private int at;
    private int end;

    /// @return index of the first byte that does not belong to one JSON object, `to` where it is not ended;
    ///         [#FINE] where nothing is wrong
    int check(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
        skipBlanks();
        if (at == end || bytes[at] != '{' || !value()) {
            return at;
        }
        skipBlanks();
        return at == end ? FINE : at;
    }

    /// A value with all that is in it. False with [#at] at the byte that is wrong.
    private boolean value() {
        int depth = 0;
        while (true) {
            // Here a value begins.
            skipBlanks();
            if (at == end) {
                return false;
            }
            byte b = bytes[at];
            boolean isOpened = false;
            if (b == '{' || b == '[') {
                if (depth == MAX_DEPTH) {
                    return false;
                }
                isObject[depth++] = b == '{';
                at++;
                skipBlanks();
                isOpened = true;
            } else if (!scalar(b)) {
                return false;
            }
            // Here a value has ended, or a container was just opened.
            while (true) {
                if (depth == 0) {
                    return true;
                }
                skipBlanks();
                if (at == end) {
                    return false;
                }
                boolean inObject = isObject[depth - 1];
                if (bytes[at] == (inObject ? '}' : ']')) {
                    at++;
                    depth--;
                    isOpened = false;
                    continue;
                }
                if (!isOpened) {
                    if (bytes[at] != ',') {
                        return false;
                    }
                    at++;
                }
                if (inObject && !key()) {
                    return false;
                }
                break;
            }
        }
    }

    private boolean key() {
        skipBlanks();
        if (at == end || bytes[at] != '"' || !string()) {
            return false;
        }
        skipBlanks();
        if (at == end || bytes[at] != ':') {
            return false;
        }
        at++;
        return true;
    }

    private boolean scalar(byte first) {
        return switch (first) {
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at == end || bytes[at] != word.charAt(i)) {
                return false;
            }
            at++;
        }
        return true;
    }

    private boolean number() {
        if (bytes[at] == '-') {
            at++;
        }
        if (at < end && bytes[at] == '0') {
            at++;
        } else if (!digits()) {
            return false;
        }
        if (at < end && bytes[at] == '.') {
            at++;
            if (!digits()) {
                return false;
            }
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            return digits();
        }
        return true;
    }

    /// One or more.
    private boolean digits() {
        int first = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at > first;
    }

    private boolean string() {
        byte[] source = bytes;
        int limit = end;
        int i = at + 1;
        while (true) {
            while (i < limit && source[i] >= 0 && PLAIN[source[i]]) {
                i++;
            }
            at = i;
            if (i == limit) {
                return false;
            }
            byte b = source[i];
            if (b == '"') {
                at = i + 1;
                return true;
            }
            if (b == '\\' ? !escape() : b >= 0 || !character()) {
                return false;
            }
            i = at;
        }
    }

    private boolean escape() {
        at++;
        if (at == end) {
            return false;
        }
        switch (bytes[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
            case 'u' -> {
                at++;
                for (int i = 0; i < 4; i++) {
                    if (at == end || Character.digit(bytes[at], 16) < 0) {
                        return false;
                    }
                    at++;
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /// One character beyond ASCII; neither longer than it has to be, nor a surrogate, nor beyond U+10FFFF.
    private boolean character() {
        int lead = bytes[at] & 0xff;
        int count = lead >= 0xc2 && lead <= 0xdf ? 1 : lead >> 4 == 0xe ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
        if (count == 0 || end - at <= count) {
            return false;
        }
        int second = bytes[at + 1] & 0xff;
        int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return false;
        }
        for (int i = 2; i <= count; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return false;
            }
        }
        at += count + 1;
        return true;
    }

    private void skipBlanks() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n' || bytes[at] == '\r')) {
            at++;
        }
    }

    private static boolean[] plain() {
        var plain = new boolean[128];
        for (int b = ' '; b < plain.length; b++) {
            plain[b] = b != '"' && b != '\\';
        }
        return plain;
    }
}
