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

    private final EnabledKeys enabled;
    private final JsonTokens tokens = new JsonTokens();
    private final ByteBuilder compact = new ByteBuilder(64);
    private final ByteBuilder values = new ByteBuilder(512);
    private int[] entries = new int[48];
    private int count;

    JsonLabels(EnabledKeys enabled) {
        this.enabled = enabled;
    }

    /// Reads the object that starts at `start` and ends with the text.
    ///
    /// @param bytes UTF-8
    /// @return whether it is well formed; where not, nothing was read
    boolean read(byte[] bytes, int start, int limit) {
        tokens.begin(bytes, start, limit);
        count = 0;
        values.truncate(0);
        boolean isWellFormed = object();
        tokens.skipSpace();
        if (!isWellFormed || !tokens.isAtEnd()) {
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
        tokens.pass();
        tokens.skipSpace();
        if (tokens.peek() == '}') {
            tokens.pass();
            return true;
        }
        while (true) {
            if (tokens.peek() != '"' || !tokens.readString()) {
                return false;
            }
            int found = enabled.find(tokens.string(), tokens.from(), tokens.to() - tokens.from());
            tokens.skipSpace();
            if (tokens.peek() != ':') {
                return false;
            }
            tokens.pass();
            tokens.skipSpace();
            if (!value(found)) {
                return false;
            }
            tokens.skipSpace();
            int next = tokens.peek();
            tokens.pass();
            if (next == '}') {
                return true;
            }
            if (next != ',') {
                return false;
            }
            tokens.skipSpace();
        }
    }

    private boolean value(int enabledKey) {
        int at = values.length();
        if (tokens.peek() == '"') {
            if (!tokens.readString()) {
                return false;
            }
            if (enabledKey >= 0) {
                quote(values);
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

    /// Adds the next value to the compact text.
    private boolean compact(int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        return switch (tokens.peek()) {
            case '{' -> compactMembers(depth, '}');
            case '[' -> compactMembers(depth, ']');
            case '"' -> compactString();
            case 't' -> tokens.word("true", compact);
            case 'f' -> tokens.word("false", compact);
            case 'n' -> tokens.word("null", compact);
            default -> tokens.number(compact);
        };
    }

    private boolean compactMembers(int depth, char close) {
        compact.add(tokens.peek());
        tokens.pass();
        tokens.skipSpace();
        if (tokens.peek() == close) {
            compact.add(close);
            tokens.pass();
            return true;
        }
        while (true) {
            if (close == '}') {
                if (tokens.peek() != '"' || !compactString()) {
                    return false;
                }
                tokens.skipSpace();
                if (tokens.peek() != ':') {
                    return false;
                }
                tokens.pass();
                compact.add(':');
                tokens.skipSpace();
            }
            if (!compact(depth + 1)) {
                return false;
            }
            tokens.skipSpace();
            int next = tokens.peek();
            tokens.pass();
            if (next != ',' && next != close) {
                return false;
            }
            compact.add(next);
            if (next == close) {
                return true;
            }
            tokens.skipSpace();
        }
    }

    private boolean compactString() {
        if (!tokens.readString()) {
            return false;
        }
        quote(compact);
        return true;
    }

    private void quote(ByteBuilder out) {
        CanonicalJson.quote(tokens.string(), tokens.from(), tokens.to() - tokens.from(), out);
    }
}
