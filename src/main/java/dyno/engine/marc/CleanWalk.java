package dyno.engine.marc;

import static dyno.engine.marc.Bytes.DELIMITER;
import static dyno.engine.marc.Bytes.FIELD_TERMINATOR;
import static dyno.engine.marc.Bytes.HIGH_BITS;
import static dyno.engine.marc.Bytes.RECORD_TERMINATOR;
import static dyno.engine.marc.Bytes.ZERO_DIGITS;

/// Counts records in which nothing is wrong, many in one go, for READ alone (`MarcReadBenchmark.walk`).
///
/// It knows ordinary records only: shorter than 10,000 bytes, tags of digits, control fields first, no field below
/// three bytes, no data field without subfields, data in the order of the directory without gaps. In front of any
/// other it stops; [Framer] and [Structure], which say the same of the records counted here, look at that one.
///
/// In such a record the fields' starts need not be read as numbers: each has to be the text of the sum of the
/// lengths before it, which a table holds. The four bytes from a field's predecessor's terminator on show that
/// terminator and the field's first delimiter at once. Used by one thread at a time.
final class CleanWalk {

    /// Leader, one entry, the directory's terminator; then a field and the record's terminator follow.
    private static final int SMALLEST_BASE = 37;

    /// Leader/10-16 less what they have to be, from leader/09 on: `22` and five digits.
    private static final long COUNTS_AND_ZEROS = 0x3030303030323200L;

    /// Terminator before a field, two indicators, delimiter.
    private static final int MARKS = DELIMITER << 24 | FIELD_TERMINATOR;

    private static final int MARKED_BYTES = 0xFF0000FF;
    private static final int TERMINATOR_BYTE = 0xFF;

    /// Records have fewer bytes, so that four digits tell all that their directory does.
    private static final int RECORD_LIMIT = 10_000;

    /// Digits of each number below 10,000 as [Bytes#littleIntAt] reads them.
    private static final int[] FOUR_DIGITS = fourDigits();

    /// Of the last [#walk].
    int records;

    long fields;
    long tagSum;
    long fieldLengthSum;

    /// Counts records from `from` on.
    ///
    /// @param until      the record that begins there or later is not counted
    /// @param limit      past the last byte that may be looked at
    /// @param mostRecords after which it stops
    /// @return where the first record begins that was not counted
    int walk(byte[] data, int from, int until, int limit, int mostRecords) {
        int count = 0;
        long directoryBytes = 0;
        long tagTotal = 0;
        long lengthTotal = 0;
        int fourBytesEnd = data.length - 3;
        int[] table = FOUR_DIGITS;
        int p = from;
        walking:
        while (p < until && limit - p > SMALLEST_BASE && count < mostRecords) {
            // Bytes that are no digits make wrong numbers, but none below 0 or above 26,000.
            long lengthDigits = (Bytes.longAt(data, p) ^ ZERO_DIGITS) << 24;
            long counts = Bytes.longAt(data, p + 9) ^ COUNTS_AND_ZEROS;
            int length = lastFour(lengthDigits);
            int base = lastFour(counts);
            int dataEnd = p + length - 1;
            int before = p + base - 1;
            if (length > limit - p || base < SMALLEST_BASE || before >= dataEnd) {
                break;
            }
            long baseDigits = counts & 0xFFFFFFFFFF000000L;
            long digitsMarked = (lengthDigits + Bytes.UP_TO_HIGH_BIT) | (baseDigits + Bytes.UP_TO_HIGH_BIT);
            int entry = p + Framer.LEADER_BYTES;
            int sum = 0;
            int marks = 0;
            int starts = 0;
            int tooShort = 0;
            long allDigits = 0;
            long tags = 0;
            for (; entry <= before - Structure.ENTRY_BYTES; entry += Structure.ENTRY_BYTES) {
                long eight = Bytes.longAt(data, entry);
                long digits = eight ^ ZERO_DIGITS;
                if ((digits & 0xFFFF) != 0) {
                    break;
                }
                int at = before + sum;
                if (Integer.compareUnsigned(at, fourBytesEnd) >= 0 || sum >= table.length) {
                    break walking;
                }
                digitsMarked |= digits + Bytes.UP_TO_HIGH_BIT;
                allDigits |= digits;
                int fieldLength = fourAfterTag(digits);
                starts |= table[sum] ^ Bytes.littleIntAt(data, entry + 8);
                marks |= (Bytes.littleIntAt(data, at) ^ MARKS) & TERMINATOR_BYTE;
                tooShort |= fieldLength - 3;
                sum += fieldLength;
                tags += Long.reverseBytes(eight) >>> 40;
            }
            // A loop of its own for data fields: telling the two kinds apart entry by entry took a fourth longer.
            for (; entry <= before - Structure.ENTRY_BYTES; entry += Structure.ENTRY_BYTES) {
                long eight = Bytes.longAt(data, entry);
                long digits = eight ^ ZERO_DIGITS;
                int at = before + sum;
                if (Integer.compareUnsigned(at, fourBytesEnd) >= 0 || sum >= table.length) {
                    break walking;
                }
                digitsMarked |= digits + Bytes.UP_TO_HIGH_BIT;
                allDigits |= digits;
                int fieldLength = fourAfterTag(digits);
                starts |= table[sum] ^ Bytes.littleIntAt(data, entry + 8);
                marks |= Bytes.littleIntAt(data, at) ^ MARKS;
                tooShort |= fieldLength - 3;
                sum += fieldLength;
                tags += Long.reverseBytes(eight) >>> 40;
            }
            int last = before + sum;
            if (entry != before || last >= dataEnd) {
                break;
            }
            // First digits of length, base and starts, and the counts of leader/10-11, have to be gone.
            long rest = (lengthDigits & 0xFF000000L) | (counts & 0xFFFFFF00L) | allDigits >>> 56;
            long notDigits = (digitsMarked | lengthDigits | baseDigits | allDigits) & HIGH_BITS;
            int oddBytes = starts
                    | (marks & MARKED_BYTES)
                    | (data[last] ^ FIELD_TERMINATOR)
                    | (data[dataEnd] ^ RECORD_TERMINATOR)
                    | (tooShort & Integer.MIN_VALUE);
            if ((oddBytes | rest | notDigits) != 0) {
                break;
            }
            count++;
            directoryBytes += base - 25;
            lengthTotal += sum;
            tagTotal += tags;
            p = dataEnd + 1;
        }
        records = count;
        fields = directoryBytes / Structure.ENTRY_BYTES;
        tagSum = tagTotal;
        fieldLengthSum = lengthTotal;
        return p;
    }

    /// The number of the digits in the four highest bytes, the last digit highest.
    private static int lastFour(long digits) {
        long pairs = ((digits * 2561) >>> 8) & 0x00FF00FF00000000L;
        return (int) ((pairs * 6_553_601) >>> 48);
    }

    /// The number of the digits in bytes 3 to 6 of an entry.
    private static int fourAfterTag(long digits) {
        // 2561 = 10 · 2^8 + 1 makes pairs of digits, 6,553,601 = 100 · 2^16 + 1 a pair of pairs.
        int pairs = (((int) (digits >>> 24) * 2561) >>> 8) & 0x00FF00FF;
        return (pairs * 6_553_601) >>> 16;
    }

    private static int[] fourDigits() {
        int[] table = new int[RECORD_LIMIT];
        byte[] digits = new byte[5];
        for (int i = 0; i < RECORD_LIMIT; i++) {
            RecordView.digits(digits, 0, i);
            table[i] = Bytes.littleIntAt(digits, 1);
        }
        return table;
    }
}
