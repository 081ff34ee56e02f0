package dyno.engine.marc;

import static dyno.engine.marc.Bytes.DELIMITER;
import static dyno.engine.marc.Bytes.FIELD_TERMINATOR;

import dyno.engine.marc.MarcWorkload.Validation;

/// Leader, directory and extent of the fields of a record.
///
/// ```text
/// leader (24)  00-04 length  05-08 status, type, level, control  09 coding  10-11 "22"  12-16 base  17-23
/// directory    tag (3)  field length (4)  start (5)   12 bytes a field, then 1E
/// fields       value 1E                               control fields, 00x
///              indicators (2) (1F code value)* 1E     the others
/// 1D
/// ```
///
/// @see <a href="https://www.loc.gov/marc/specifications/specrecstruc.html">MARC 21 record structure</a>
final class Structure {

    static final int ENTRY_BYTES = 12;

    private final boolean checksMarc21;

    Structure(Validation validation) {
        this.checksMarc21 = validation == Validation.MARC21;
    }

    /// Parses a record in which nothing is wrong; the hot loop of every operation (`MarcReadBenchmark.walk`).
    ///
    /// @return false where anything is, then [DamagedStructure] finds out what; the view's fields are void
    boolean parse(Frame frame, RecordView view) {
        view.start(frame);
        if (frame.defect != null) {
            return false;
        }
        byte[] data = frame.data;
        int start = frame.start;
        int dataEnd = frame.dataEnd;
        int base = Bytes.number(data, start + 12, 5);
        int first = start + base;
        int entries = (base - 25) / ENTRY_BYTES;
        if (base < 25
                || first > dataEnd
                || entries * ENTRY_BYTES != base - 25
                || data[first - 1] != FIELD_TERMINATOR
                || data[start + 10] != '2'
                || data[start + 11] != '2') {
            return false;
        }
        if (checksMarc21 && Marc21.offendingLeaderPosition(data, start) >= 0) {
            return false;
        }
        view.baseAddress = base;
        view.makeRoomForFields(entries);
        return parseEntries(view, entries, first, dataEnd);
    }

    /// Whether anything is wrong is gathered bit by bit and looked at once a record; only what could lead beyond
    /// the record is tested entry by entry.
    private boolean parseEntries(RecordView view, int entries, int first, int dataEnd) {
        byte[] data = view.data;
        int[] tags = view.tags;
        int[] fieldFrom = view.fieldFrom;
        int[] fieldTo = view.fieldTo;
        long tagSum = 0;
        long lengthSum = 0;
        long notDigits = 0;
        int oddTags = 0;
        int oddBytes = 0;
        int entry = view.start + Framer.LEADER_BYTES;
        for (int i = 0; i < entries; i++, entry += ENTRY_BYTES) {
            int tag = Bytes.intAt(data, entry) >>> 8;
            // Four digits of the length, four of the start; the fifth stands alone.
            long numbers = Bytes.longAt(data, entry + 3) ^ Bytes.ZERO_DIGITS;
            int lastDigit = (data[entry + 11] ^ '0') & 0xFF;
            notDigits |= Bytes.aboveNine(numbers) | Bytes.aboveNine(lastDigit);
            oddTags |= Bytes.oddDigits(tag);
            // Pairs of digits, then fours; bytes that are no digits stay within their lanes, so that both numbers
            // are below 260,000 and not negative whatever the bytes are.
            long pairs = (numbers * 10 + (numbers >>> 8)) & 0x00FF00FF00FF00FFL;
            long fours = pairs * 100 + (pairs >>> 16);
            int length = (int) fours & 0xFFFF;
            int from = first + ((int) (fours >>> 32) & 0xFFFF) * 10 + lastDigit;
            int past = from + length;
            if (length == 0 || past > dataEnd) {
                return false;
            }
            oddBytes |= data[past - 1] ^ FIELD_TERMINATOR;
            if (!Bytes.isControl(tag)) {
                if (length < 4) {
                    oddBytes |= length ^ 3;
                } else {
                    oddBytes |= data[from + 2] ^ DELIMITER;
                }
            }
            tags[i] = tag;
            fieldFrom[i] = from;
            fieldTo[i] = past - 1;
            tagSum += tag;
            lengthSum += length;
        }
        view.fields = entries;
        view.isClean = true;
        view.tagSum = tagSum;
        view.fieldLengthSum = lengthSum;
        return (notDigits & Bytes.HIGH_BITS) == 0
                && oddBytes == 0
                && ((oddTags & 0x808080) == 0 || haveLetters(data, view.start + Framer.LEADER_BYTES, entries));
    }

    /// Tags that are not all digits may still have letters, but for MARC 21.
    private boolean haveLetters(byte[] data, int directory, int entries) {
        if (checksMarc21) {
            return false;
        }
        for (int i = 0; i < entries; i++) {
            int entry = directory + i * ENTRY_BYTES;
            if (!Bytes.isTagByte(data[entry])
                    || !Bytes.isTagByte(data[entry + 1])
                    || !Bytes.isTagByte(data[entry + 2])) {
                return false;
            }
        }
        return true;
    }
}
