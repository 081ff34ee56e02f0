package dyno.engine.etl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Rows in the binary format of PostgreSQL's COPY.
///
/// ```text
/// header   PGCOPY\n 0xFF \r\n 0x00    11 bytes
///          flags, extension length    int32 0, int32 0
/// row      fields                     int16
///   field  length                     int32, -1 for null and then nothing
///          value                      network byte order; jsonb: 1, then its text
/// trailer  -1                         int16
/// ```
///
/// Encodes without allocating once its buffer has grown to the size of what is sent at a time. Used by one thread at
/// a time. See `EtlCopyBinaryBenchmark`.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, file formats</a>
final class CopyEncoder {

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final byte JSONB_VERSION = 1;

    private static final VarHandle SHORTS = bigEndian(short[].class);
    private static final VarHandle INTS = bigEndian(int[].class);
    private static final VarHandle LONGS = bigEndian(long[].class);

    private byte[] bytes;
    private int length;

    CopyEncoder(int capacity) {
        this.bytes = new byte[Math.max(capacity, 64)];
    }

    /// What was encoded since [#clear] stands in here, from index 0; valid until more is.
    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void header() {
        reserve(SIGNATURE.length + 8);
        System.arraycopy(SIGNATURE, 0, bytes, length, SIGNATURE.length);
        length += SIGNATURE.length;
        putInt(0);
        putInt(0);
    }

    void trailer() {
        reserve(Short.BYTES);
        putShort((short) -1);
    }

    /// Begins a row.
    ///
    /// @param fields at most 1,600: PostgreSQL has no wider tables
    void row(int fields) {
        reserve(Short.BYTES);
        putShort((short) fields);
    }

    void nothing() {
        reserve(Integer.BYTES);
        putInt(-1);
    }

    void bigint(long value) {
        reserve(Integer.BYTES + Long.BYTES);
        putInt(Long.BYTES);
        LONGS.set(bytes, length, value);
        length += Long.BYTES;
    }

    void integer(int value) {
        reserve(2 * Integer.BYTES);
        putInt(Integer.BYTES);
        putInt(value);
    }

    void real(float value) {
        integer(Float.floatToRawIntBits(value));
    }

    void doublePrecision(double value) {
        bigint(Double.doubleToRawLongBits(value));
    }

    void bool(boolean value) {
        reserve(Integer.BYTES + 1);
        putInt(1);
        bytes[length++] = (byte) (value ? 1 : 0);
    }

    void text(byte[] utf8, int from, int count) {
        reserve(Integer.BYTES + count);
        putInt(count);
        System.arraycopy(utf8, from, bytes, length, count);
        length += count;
    }

    void jsonb(byte[] utf8, int from, int count) {
        reserve(Integer.BYTES + 1 + count);
        putInt(count + 1);
        bytes[length++] = JSONB_VERSION;
        System.arraycopy(utf8, from, bytes, length, count);
        length += count;
    }

    private void putShort(short value) {
        SHORTS.set(bytes, length, value);
        length += Short.BYTES;
    }

    private void putInt(int value) {
        INTS.set(bytes, length, value);
        length += Integer.BYTES;
    }

    private void reserve(int count) {
        if (count > bytes.length - length) {
            grow(count);
        }
    }

    private void grow(int count) {
        bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), (int) Math.min(2L * bytes.length, 1 << 30)));
    }

    private static VarHandle bigEndian(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }
}
