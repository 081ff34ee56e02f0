package dyno.engine.grouping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/// Whether bytes are UTF-8. Stateless.
final class Utf8Text {

    private static final int SHOWN = 64;

    private Utf8Text() {}

    static boolean isValid(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return decodes(bytes, from, length);
            }
        }
        return true;
    }

    /// The bytes in hex, cut where they are many.
    static String hex(byte[] bytes, int from, int length) {
        return HexFormat.of().formatHex(bytes, from, from + Math.min(length, SHOWN));
    }

    private static boolean decodes(byte[] bytes, int from, int length) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
