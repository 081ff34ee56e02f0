package dyno.engine.aggregation;

/// Strings as they stand in canonical label texts: UTF-8 as it is, but for `"`, `\` and control characters.
final class CanonicalJson {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private CanonicalJson() {}

    /// Adds the UTF-8 text as a string with its quotes.
    static void quote(byte[] utf8, int from, int length, ByteBuilder out) {
        out.add('"');
        int start = from;
        int end = from + length;
        for (int i = from; i < end; i++) {
            int b = utf8[i];
            if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
                out.add(utf8, start, i - start);
                escape(b, out);
                start = i + 1;
            }
        }
        out.add(utf8, start, end - start).add('"');
    }

    /// Adds one character below 0x80, escaped where it has to be.
    static void escape(int c, ByteBuilder out) {
        switch (c) {
            case '"', '\\' -> out.add('\\').add(c);
            case '\b' -> out.add('\\').add('b');
            case '\t' -> out.add('\\').add('t');
            case '\n' -> out.add('\\').add('n');
            case '\f' -> out.add('\\').add('f');
            case '\r' -> out.add('\\').add('r');
            default -> {
                if (c < ' ') {
                    out.add('\\').add('u').add('0').add('0').add(HEX[c >> 4]).add(HEX[c & 15]);
                } else {
                    out.add(c);
                }
            }
        }
    }
}
