package dyno.engine.aggregation;

import java.nio.charset.StandardCharsets;

/// Reads label texts, JSON objects or `label_key:value|…`, and keeps the enabled keys.
///
/// Used by one thread at a time.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259, JSON</a>
final class LabelParser {

    /// The low bit of what [#parse] gives.
    static final int MALFORMED = 1;

    private static final int SHOWN_BYTES = 40;
    private static final byte[] PREFIX = {'l', 'a', 'b', 'e', 'l', '_'};

    private final LabelSets.Merger merger;
    private final EnabledKeys enabled;
    private final JsonLabels json;
    private final ByteBuilder values = new ByteBuilder(512);
    private long parses;

    LabelParser(LabelSets sets) {
        this.merger = sets.new Merger();
        this.enabled = sets.enabled();
        this.json = new JsonLabels(enabled);
    }

    /// Texts parsed so far, trivial ones among them.
    long parses() {
        return parses;
    }

    LabelSets.Merger merger() {
        return merger;
    }

    int parse(byte[] text) {
        return parse(text, 0, text.length);
    }

    /// The number of the text's set, shifted left by one; the low bit is set where the text was malformed, and the
    /// set is empty then.
    ///
    /// @throws BadTextException where the text is not UTF-8
    int parse(byte[] text, int from, int length) {
        parses++;
        int start = from;
        int end = from + length;
        while (start < end && text[start] == ' ') {
            start++;
        }
        while (end > start && text[end - 1] == ' ') {
            end--;
        }
        if (start == end || isNull(text, start, end)) {
            return LabelSets.EMPTY;
        }
        if (!Utf8.isValid(text, start, end)) {
            throw new BadTextException("A label text is not UTF-8: "
                    + new String(text, start, Math.min(end - start, SHOWN_BYTES), StandardCharsets.ISO_8859_1));
        }
        return text[start] == '{' ? json(text, start, end) : pipe(text, start, end);
    }

    private int json(byte[] text, int start, int end) {
        if (!json.read(text, start, end)) {
            return malformed();
        }
        merger.begin();
        for (int i = 0; i < json.count(); i++) {
            merger.put(json.key(i), json.values(), json.valueFrom(i), json.valueLength(i));
        }
        return merger.number() << 1;
    }

    private int pipe(byte[] text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text[i] == 0) {
                return malformed();
            }
        }
        merger.begin();
        // Offsets of put() point into one array, so it has to be large enough from the beginning: an escape takes at
        // most six bytes for one, and each piece two quotes.
        values.truncate(0);
        int bound = 8 * (end - start);
        values.add(new byte[bound]).truncate(0);
        boolean usable = false;
        int piece = start;
        while (piece <= end) {
            int pieceEnd = piece;
            int colon = -1;
            while (pieceEnd < end && text[pieceEnd] != '|') {
                if (text[pieceEnd] == ':' && colon < 0) {
                    colon = pieceEnd;
                }
                pieceEnd++;
            }
            if (colon >= 0) {
                usable |= piece(text, piece, colon, pieceEnd);
            }
            piece = pieceEnd + 1;
        }
        return usable ? merger.number() << 1 : malformed();
    }

    /// @return whether the piece has a key
    private boolean piece(byte[] text, int piece, int colon, int pieceEnd) {
        int keyFrom = skipSpace(text, piece, colon);
        int keyEnd = trimEnd(text, keyFrom, colon);
        if (java.util.Arrays.equals(
                text, keyFrom, Math.min(keyEnd, keyFrom + PREFIX.length), PREFIX, 0, PREFIX.length)) {
            keyFrom += PREFIX.length;
        }
        if (keyFrom >= keyEnd) {
            return false;
        }
        int key = enabled.find(text, keyFrom, keyEnd - keyFrom);
        if (key >= 0) {
            int valueFrom = skipSpace(text, colon + 1, pieceEnd);
            int valueEnd = trimEnd(text, valueFrom, pieceEnd);
            int at = values.length();
            CanonicalJson.quote(text, valueFrom, valueEnd - valueFrom, values);
            merger.put(key, values.array(), at, values.length() - at);
        }
        return true;
    }

    private static int malformed() {
        return LabelSets.EMPTY << 1 | MALFORMED;
    }

    private static boolean isNull(byte[] text, int start, int end) {
        return end - start == 4
                && text[start] == 'n'
                && text[start + 1] == 'u'
                && text[start + 2] == 'l'
                && text[start + 3] == 'l';
    }

    private static int skipSpace(byte[] text, int from, int end) {
        int pos = from;
        while (pos < end && text[pos] == ' ') {
            pos++;
        }
        return pos;
    }

    private static int trimEnd(byte[] text, int from, int end) {
        int pos = end;
        while (pos > from && text[pos - 1] == ' ') {
            pos--;
        }
        return pos;
    }
}
