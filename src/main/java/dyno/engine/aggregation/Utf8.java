package dyno.engine.aggregation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Whether bytes are text.
final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long PAST_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /// Pure ASCII is decided without decoding.
    static boolean isValid(byte[] text, int from, int end) {
        long or = 0;
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            or |= (long) LONGS.get(text, i);
        }
        for (; i < end; i++) {
            or |= text[i] & 0xFF;
        }
        if ((or & PAST_ASCII) == 0) {
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
