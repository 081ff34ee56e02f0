package dyno.engine.marc;

/// Positions in UTF-8 by characters rather than bytes.
final class Characters {

    private Characters() {}

    /// Index of the byte at which the character number `count` begins, counted from `from`; `to` where there
    /// are not so many.
    static int skip(byte[] text, int from, int to, int count) {
        int i = from;
        for (int left = count; left > 0 && i < to; left--) {
            i++;
            while (i < to && (text[i] & 0xC0) == 0x80) {
                i++;
            }
        }
        return i;
    }
}
