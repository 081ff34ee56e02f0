package dyno.engine.marc;

import org.marc4j.converter.impl.CodeTableGenerated;

/// The character sets of MARC-8 as flat arrays, filled once from the peer's look-up. Immutable.
///
/// @see <a href="https://www.loc.gov/marc/specifications/speccharmarc8.html">MARC-8 environment</a>
final class Marc8Tables {

    static final int ASCII = 0;
    static final int ANSEL = 1;
    static final int EACC = 11;

    /// Final bytes of escape sequences, at the index of their set; Greek symbols, subscripts and superscripts
    /// have sequences of their own.
    static final String FINALS = "BENQS234gbp";

    /// Graphic characters are 21 to 7E in each byte.
    private static final int LOWEST = 0x21;

    private static final int WIDTH = 0x7E - LOWEST + 1;

    private static final int EACC_MODE = '1';

    private final char[] single = new char[FINALS.length() << 7];
    private final boolean[] marks = new boolean[FINALS.length() << 7];
    private final char[] triple = new char[WIDTH * WIDTH * WIDTH];

    private Marc8Tables() {
        var table = new CodeTableGenerated();
        for (int set = 0; set < FINALS.length(); set++) {
            int mode = FINALS.charAt(set);
            for (int b = 0x20; b < 0x7F; b++) {
                single[set << 7 | b] = table.getChar(b, mode);
                marks[set << 7 | b] = table.isCombining(b, mode, mode);
            }
        }
        for (int i = 0; i < triple.length; i++) {
            int first = i / (WIDTH * WIDTH) + LOWEST;
            int second = i / WIDTH % WIDTH + LOWEST;
            int third = i % WIDTH + LOWEST;
            triple[i] = table.getChar(first << 16 | second << 8 | third, EACC_MODE);
        }
    }

    static Marc8Tables shared() {
        return Holder.TABLES;
    }

    /// The character of `b` (20 to 7E) in a set of single bytes; 0 where it has none.
    char character(int set, int b) {
        return single[set << 7 | b];
    }

    /// Whether `b` is a mark that precedes its letter. A mark without a character is the second half of a wide one.
    boolean isMark(int set, int b) {
        return marks[set << 7 | b];
    }

    static boolean isGraphic(int b) {
        return b >= LOWEST && b <= 0x7E;
    }

    /// The character of three graphic bytes of EACC; 0 where they have none.
    char character(int first, int second, int third) {
        return triple[((first - LOWEST) * WIDTH + second - LOWEST) * WIDTH + third - LOWEST];
    }

    private static final class Holder {
        static final Marc8Tables TABLES = new Marc8Tables();
    }
}
