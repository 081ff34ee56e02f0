package dyno.engine.aggregation;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Whether bytes are text.
final class Utf8 {

    private Utf8() {}

    /// Pure ASCII is decided without decoding.
    static boolean isValid(byte[] text, int from, int end) {
        int or = 0;
        for (int i = from; i < end; i++) {
            or |= text[i];
        }
        if (or >= 0) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text, from, end - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
