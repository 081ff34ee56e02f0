package dyno.engine.grouping;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.util.Arrays;

/// Texts one behind the other, numbered as they come. Keeps its memory; used by one thread at a time.
final class TextList {

    /// What [Addresses] may be read beyond their end.
    private static final int PADDING = 8;

    private byte[] bytes = new byte[1 << 12];
    private int[] offsets = new int[1 << 8];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /// @throws EngineException where the texts together pass 2^31 bytes
    void add(byte[] text, int from, int length) {
        long end = (long) offsets[size] + length;
        if (end > Integer.MAX_VALUE - 2 * PADDING) {
            throw new EngineException(
                    FailureCode.OUT_OF_MEMORY,
                    "%d addresses have more than 2^31 bytes together; use strategy STREAMING".formatted(size));
        }
        if (end + PADDING > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - PADDING, 2 * (end + PADDING)));
        }
        if (size + 1 == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * offsets.length);
        }
        System.arraycopy(text, from, bytes, offsets[size], length);
        size++;
        offsets[size] = (int) end;
    }

    /// Not copied.
    Addresses addresses() {
        return new Addresses(bytes, offsets);
    }
}
