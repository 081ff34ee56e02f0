package dyno.engine.parquet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decodes Parquet's hybrid of runs and bit-packed groups, definition levels and dictionary codes, some
/// values at a
/// time.
///
/// ```text
///  varint h │ h even: h/2 times one value of ceil(width/8) bytes
///           │ h odd:  (h/2)·8 values of `width` bits each, least significant bit first
/// ```
///
/// Used by one thread at a time; instances are used again for other values.
///
/// @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE">the encoding</a>
final class RunLengths {

    /// Bytes behind `end` that may be read (and are thrown away): values are taken from whole 8-byte words.
    static final int PADDING = 8;

    private byte[] data = {};
    private int end;
    private int width;
    /// Where the next header stands.
    private int pos;
    /// Values that the current run still has, and their value.
    private int runLeft;

    private int value;
    /// Values that the current packed groups still have, where they begin, and the next value's bit from
    /// there.
    private long packedLeft;

    private int packedFrom;
    private long bit;

    /// Begins with the values at `from`.
    ///
    /// @param bytes     at least [#PADDING] bytes longer than `to`
    /// @param valueBits width of a value, 0 … 32
    void begin(byte[] bytes, int from, int to, int valueBits) {
        data = bytes;
        pos = from;
        end = to;
        width = valueBits;
        runLeft = 0;
        packedLeft = 0;
    }

    /// Decodes the next `count` values to the beginning of `out`.
    ///
    /// @return null, or what is wrong
    @Nullable
    String decode(int[] out, int count) {
        int done = 0;
        while (done < count) {
            if (runLeft > 0) {
                int take = Math.min(runLeft, count - done);
                Arrays.fill(out, done, done + take, value);
                runLeft -= take;
                done += take;
            } else if (packedLeft > 0) {
                int take = (int) Math.min(packedLeft, count - done); // count bounds it
                // Some writers cut the last group after the values that are there.
                if ((bit + (long) take * width + 7) / 8 > end - packedFrom) {
                    return "a packed group is cut short";
                }
                unpack(out, done, take);
                packedLeft -= take;
                done += take;
            } else {
                String wrong = header();
                if (wrong != null) {
                    return "%s, %d of %d values before it".formatted(wrong, done, count);
                }
            }
        }
        return null;
    }

    /// Reads the next header; a run's value too.
    private @Nullable String header() {
        int header = 0;
        int shift = 0;
        int next;
        do {
            if (pos >= end || shift > 28) {
                return "the runs end";
            }
            next = data[pos++];
            header |= (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        if ((header & 1) == 0) {
            return run(header >>> 1);
        }
        packedFrom = pos;
        bit = 0;
        packedLeft = (header >>> 1) * 8L;
        if (packedLeft == 0) {
            return "a packed group of no values";
        }
        pos = (int) Math.min(end, pos + (packedLeft >>> 3) * width); // end bounds it
        return null;
    }

    private @Nullable String run(int count) {
        int valueBytes = (width + 7) >>> 3;
        if (pos + valueBytes > end) {
            return "a run's value is cut short";
        }
        if (count == 0) {
            return "a run of no values";
        }
        value = 0;
        for (int i = 0; i < valueBytes; i++) {
            value |= (data[pos + i] & 0xff) << (8 * i);
        }
        if (width < Integer.SIZE && value >>> width != 0) {
            return "a run of the value %d, which %d bits do not hold".formatted(Integer.toUnsignedLong(value), width);
        }
        pos += valueBytes;
        runLeft = count;
        return null;
    }

    /// Benchmark: `ParquetColumnsBenchmark`.
    private void unpack(int[] out, int first, int count) {
        byte[] bytes = data;
        int from = packedFrom;
        int bits = width;
        long mask = (1L << bits) - 1;
        long at = bit;
        for (int i = 0; i < count; i++) {
            // A value of at most 32 bits that begins within a byte ends within the eight that start there.
            long word = LittleEndian.getLong(bytes, from + (int) (at >>> 3)); // within the page
            out[first + i] = (int) ((word >>> (at & 7)) & mask); // at most 32 bits
            at += bits;
        }
        bit = at;
    }
}
