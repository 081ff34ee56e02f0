package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.Normalization;

/// UTF-8 of a record whose own bytes are not, kept until the next record. Used by one thread at a time.
final class DecodedText {

    private final Marc8Decoder decoder;
    private byte[] bytes = new byte[4096];
    private int size;

    DecodedText(Normalization normalization) {
        decoder = new Marc8Decoder(normalization);
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    byte[] bytes() {
        return bytes;
    }

    /// Index of the first byte of a value that is not MARC-8; -1 where all are.
    int firstInvalid(byte[] data, int from, int to) {
        if (isPlain(data, from, to)) {
            return -1;
        }
        decoder.decode(data, from, to);
        return decoder.firstInvalid();
    }

    /// Appends the UTF-8 of a value in MARC-8.
    void decode(byte[] data, int from, int to) {
        if (isPlain(data, from, to)) {
            copy(data, from, to);
            return;
        }
        var text = decoder.decode(data, from, to);
        // Nothing in MARC-8 lies beyond the basic plane, so three bytes a character are enough.
        bytes = Utf8.withRoom(bytes, size, text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            size = Utf8.put(bytes, size, text.charAt(i));
        }
    }

    void copy(byte[] data, int from, int to) {
        bytes = Utf8.withRoom(bytes, size, to - from);
        System.arraycopy(data, from, bytes, size, to - from);
        size += to - from;
    }

    private static boolean isPlain(byte[] data, int from, int to) {
        for (int i = from; i < to; i++) {
            if (data[i] < 0 || data[i] == Bytes.ESCAPE) {
                return false;
            }
        }
        return true;
    }
}
