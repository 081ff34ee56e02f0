package dyno.engine.aggregation;

import dyno.engine.parquet.BinaryColumn;
import dyno.engine.parquet.ByteStrings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The raw label texts of a chunk's rows: codes into the row group's dictionary, or bytes where a page has none.
///
/// Filled by one thread, then read by one other.
final class LabelTexts {

    private static final int NULL = -1;
    /// Code of the first plain text; the next ones are below it.
    private static final int FIRST_PLAIN = -2;

    private int[] codes = new int[0];
    private int rows;
    private @Nullable Dictionary dictionary;
    private byte[] plain = new byte[0];
    private int[] plainEnds = new int[0];
    private int plainCount;

    /// A row group's dictionary, and what its texts were found to be. Chunks of one row group share it: threads may
    /// resolve a text twice, and find the same.
    static final class Dictionary {

        private final ByteStrings texts;
        /// The parsed text + 1; 0 where not known yet.
        private final int[] parsed;

        Dictionary(ByteStrings texts) {
            this.texts = texts;
            this.parsed = new int[texts.size()];
        }

        // The same object until the row group ends, as its reader says; contents need not be compared.
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(ByteStrings others) {
            return texts == others;
        }

        /// Finds what every text is, so that the texts themselves are not read again.
        ///
        /// Threads that meet the same texts in different row groups begin at different places: else they
        /// would come to each text that nobody has parsed yet at the same time, all the way, and wait
        /// for each other at every one.
        ///
        /// @param thread  0-based among `threads`
        void resolveAll(LabelResolver resolver, int thread, int threads) {
            int size = texts.size();
            int begin = (int) ((long) size * thread / threads); // less than size
            for (int i = 0; i < size; i++) {
                int code = begin + i < size ? begin + i : begin + i - size;
                resolveCode(resolver, this, code);
            }
        }
    }

    void clear(int capacity) {
        if (codes.length < capacity) {
            codes = new int[capacity];
        }
        rows = 0;
        plainCount = 0;
        dictionary = null;
    }

    /// Adds the `count` rows of the column's batch.
    ///
    /// @param shared the row group's dictionary, where the batch has codes
    void add(BinaryColumn column, int count, @Nullable Dictionary shared) {
        if (column.isCoded()) {
            System.arraycopy(column.codes(), column.from(), codes, rows, count);
            rows += count;
            dictionary = shared;
            return;
        }
        var strings = column.strings();
        int from = column.from();
        for (int i = from; i < from + count; i++) {
            int length = strings.lengths()[i];
            codes[rows++] = length < 0 ? NULL : addPlain(strings.bytes(), strings.starts()[i], length);
        }
    }

    private int addPlain(byte[] bytes, int start, int length) {
        if (plainCount == plainEnds.length) {
            plainEnds = Arrays.copyOf(plainEnds, Math.max(64, 2 * plainEnds.length));
        }
        int at = plainStart(plainCount);
        if (plain.length - at < length) {
            plain = Arrays.copyOf(plain, Math.max(2 * plain.length, Math.addExact(at, length)));
        }
        System.arraycopy(bytes, start, plain, at, length);
        plainEnds[plainCount] = at + length;
        return FIRST_PLAIN - plainCount++;
    }

    private int plainStart(int index) {
        return index == 0 ? 0 : plainEnds[index - 1];
    }

    /// Writes what every row's text was parsed to, as [LabelParser#parse] gives it.
    void resolve(LabelResolver resolver, LabelMode mode, int[] out) {
        boolean perRow = mode == LabelMode.PER_ROW;
        var shared = dictionary;
        int[] parsed = shared == null ? new int[0] : shared.parsed;
        for (int row = 0; row < rows; row++) {
            int code = codes[row];
            if (code >= 0 && !perRow) {
                int known = parsed[code];
                out[row] =
                        known != 0 ? known - 1 : resolveCode(resolver, java.util.Objects.requireNonNull(shared), code);
            } else {
                out[row] = resolveOther(resolver, perRow, code);
            }
        }
    }

    private static int resolveCode(LabelResolver resolver, Dictionary shared, int code) {
        var texts = shared.texts;
        int value = resolver.perDistinct(texts.bytes(), texts.starts()[code], texts.lengths()[code]);
        shared.parsed[code] = value + 1;
        return value;
    }

    private int resolveOther(LabelResolver resolver, boolean perRow, int code) {
        if (code == NULL) {
            return LabelSets.EMPTY;
        }
        byte[] bytes = plain;
        int start;
        int length;
        if (code >= 0) {
            var texts = java.util.Objects.requireNonNull(dictionary).texts;
            bytes = texts.bytes();
            start = texts.starts()[code];
            length = texts.lengths()[code];
        } else {
            int index = FIRST_PLAIN - code;
            start = plainStart(index);
            length = plainEnds[index] - start;
        }
        return perRow ? resolver.perRow(bytes, start, length) : resolver.perDistinct(bytes, start, length);
    }

    /// Copies what the arrays hold, so that they can be used again. The dictionary is shared.
    LabelTexts copy() {
        var copy = new LabelTexts();
        copy.codes = Arrays.copyOf(codes, rows);
        copy.rows = rows;
        copy.dictionary = dictionary;
        copy.plain = Arrays.copyOf(plain, plainStart(plainCount));
        copy.plainEnds = Arrays.copyOf(plainEnds, plainCount);
        copy.plainCount = plainCount;
        return copy;
    }
}
