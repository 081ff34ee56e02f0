package dyno.engine.aggregation;

import java.util.Arrays;

/// Bytes in the making. Used by one thread at a time.
final class ByteBuilder {

    private byte[] bytes;
    private int length;

    ByteBuilder(int capacity) {
        this.bytes = new byte[Math.max(16, capacity)];
    }

    ByteBuilder add(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
        return this;
    }

    ByteBuilder add(byte[] source) {
        return add(source, 0, source.length);
    }

    ByteBuilder add(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }

    /// The UTF-8 bytes of a code point that is no surrogate.
    ByteBuilder addCodePoint(int codePoint) {
        if (codePoint < 0x80) {
            return add(codePoint);
        }
        if (codePoint < 0x800) {
            return add(0xC0 | codePoint >> 6).add(0x80 | (codePoint & 0x3F));
        }
        if (codePoint < 0x10000) {
            return add(0xE0 | codePoint >> 12)
                    .add(0x80 | (codePoint >> 6 & 0x3F))
                    .add(0x80 | (codePoint & 0x3F));
        }
        return add(0xF0 | codePoint >> 18)
                .add(0x80 | (codePoint >> 12 & 0x3F))
                .add(0x80 | (codePoint >> 6 & 0x3F))
                .add(0x80 | (codePoint & 0x3F));
    }

    int length() {
        return length;
    }

    ByteBuilder truncate(int newLength) {
        length = newLength;
        return this;
    }

    /// The array itself, valid up to [#length] and until the next addition.
    byte[] array() {
        return bytes;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
        }
    }
}
