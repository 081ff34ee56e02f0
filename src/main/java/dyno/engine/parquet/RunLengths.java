package dyno.engine.parquet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decodes Parquet's hybrid of runs and bit-packed groups: definition levels and dictionary codes.
///
/// ```text
///  varint h │ h even: h/2 times one value of ceil(width/8) bytes
///           │ h odd:  (h/2)·8 values of `width` bits each, least significant bit first
/// ```
///
/// Stateless.
///
/// @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE">the encoding</a>
final class RunLengths {

    /// Bytes behind `end` that may be read (and are thrown away): values are taken from whole 8-byte words.
    static final int PADDING = 8;

    private RunLengths() {}

    /// Decodes `count` values of `width` bits, 0 … 32.
    ///
    /// @param data at least [#PADDING] bytes longer than `end`
    /// @return null, or what is wrong
    static @Nullable String decode(byte[] data, int from, int end, int width, int[] out, int count) {
        int pos = from;
        int done = 0;
        int valueBytes = (width + 7) >>> 3;
        while (done < count) {
            int header = 0;
            int shift = 0;
            int next;
            do {
                if (pos >= end || shift > 28) {
                    return "%d of %d values, then the runs end".formatted(done, count);
                }
                next = data[pos++];
                header |= (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0);
            int left = count - done;
            if ((header & 1) == 0) {
                int run = Math.min(header >>> 1, left);
                if (pos + valueBytes > end) {
                    return "a run's value is cut short";
                }
                if (run == 0 && header >>> 1 == 0) {
                    return "a run of no values";
                }
                int value = 0;
                for (int i = 0; i < valueBytes; i++) {
                    value |= (data[pos + i] & 0xff) << (8 * i);
                }
                pos += valueBytes;
                Arrays.fill(out, done, done + run, value);
                done += run;
            } else {
                long packed = (header >>> 1) * 8L;
                int take = (int) Math.min(packed, left); // left bounds it
                // Some writers cut the last group after the values that are there.
                if (take == 0 || ((long) take * width + 7) / 8 > end - pos) {
                    return "a packed group is cut short";
                }
                unpack(data, pos, width, out, done, take);
                pos = (int) Math.min(end, pos + (packed >>> 3) * width); // end bounds it
                done += take;
            }
        }
        return null;
    }

    /// Benchmark: `ParquetColumnsBenchmark`.
    private static void unpack(byte[] data, int from, int width, int[] out, int first, int count) {
        long mask = (1L << width) - 1;
        long bit = 0;
        for (int i = 0; i < count; i++) {
            // A value of at most 32 bits that begins within a byte ends within the eight that start there.
            long word = LittleEndian.getLong(data, from + (int) (bit >>> 3));
            out[first + i] = (int) ((word >>> (bit & 7)) & mask); // at most 32 bits
            bit += width;
        }
    }
}
