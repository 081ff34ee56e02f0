package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// UTF-8 as the JDK sees it: shortest forms only, no surrogates, nothing beyond U+10FFFF.
final class Utf8 {

    private Utf8() {}

    /// Index of the first byte that does not belong to a whole character, in `from` to `to`, exclusive; -1
    /// where all do.
    static int firstInvalid(byte[] data, int from, int to) {
        int i = from;
        while (i < to) {
            int lead = data[i];
            if (lead >= 0) {
                i++;
                continue;
            }
            int length = lengthOfCharacter(data, i, to);
            if (length == 0) {
                return i;
            }
            i += length;
        }
        return -1;
    }

    /// Bytes of the character at `i`, 2 to 4; 0 where there is none.
    private static int lengthOfCharacter(byte[] data, int i, int to) {
        int lead = data[i] & 0xFF;
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (i + length > to) {
            return 0;
        }
        int second = data[i + 1] & 0xFF;
        // The second byte's range shuts out longer forms than needed, surrogates, and what lies beyond.
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if ((data[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /// The same text with U+FFFD for each sequence of bytes that is none.
    static byte[] repaired(byte[] data, int from, int to) {
        return new String(data, from, to - from, UTF_8).getBytes(UTF_8);
    }

    /// Writes a character of the basic plane below the surrogates or a whole code point.
    ///
    /// @return past its last byte, at most 4 after `at`
    static int put(byte[] target, int at, int codePoint) {
        if (codePoint < 0x80) {
            target[at] = (byte) codePoint;
            return at + 1;
        }
        if (codePoint < 0x800) {
            target[at] = (byte) (0xC0 | codePoint >> 6);
            target[at + 1] = (byte) (0x80 | (codePoint & 0x3F));
            return at + 2;
        }
        if (codePoint < 0x10000) {
            target[at] = (byte) (0xE0 | codePoint >> 12);
            target[at + 1] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
            target[at + 2] = (byte) (0x80 | (codePoint & 0x3F));
            return at + 3;
        }
        target[at] = (byte) (0xF0 | codePoint >> 18);
        target[at + 1] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
        target[at + 2] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
        target[at + 3] = (byte) (0x80 | (codePoint & 0x3F));
        return at + 4;
    }

    /// Bytes that grow by doubling, with `count` more of room.
    static byte[] withRoom(byte[] bytes, int used, int count) {
        int needed = Math.addExact(used, count);
        return needed <= bytes.length
                ? bytes
                : Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, bytes.length * 2L), Integer.MAX_VALUE - 8));
    }
}
