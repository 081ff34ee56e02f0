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

    private boolean parseEntries(RecordView view, int entries, int first, int dataEnd) {
        byte[] data = view.data;
        int[] tags = view.tags;
        int[] fieldFrom = view.fieldFrom;
        int[] fieldTo = view.fieldTo;
        int[] bodyFrom = view.bodyFrom;
        long tagSum = 0;
        long lengthSum = 0;
        int entry = view.start + Framer.LEADER_BYTES;
        for (int i = 0; i < entries; i++, entry += ENTRY_BYTES) {
            // Tag and the length's first digit, then the other three and the five of the start.
            int head = Bytes.intAt(data, entry);
            long tail = Bytes.longAt(data, entry + 4);
            if (!Bytes.areDigits(tail) || (!Bytes.areDigits(head) && !isLetteredEntry(data, entry))) {
                return false;
            }
            int number = Bytes.number(tail);
            int length = (head & 0xF) * 1000 + number / 100_000;
            int from = first + number % 100_000;
            // At most 99,999 + 9,999 past the base: cannot overflow within an array of 2,147,000,000 bytes.
            int past = from + length;
            int tag = head >>> 8;
            if (length == 0 || past > dataEnd || data[past - 1] != FIELD_TERMINATOR) {
                return false;
            }
            if (!Bytes.isControl(tag) && (length < 3 || (length > 3 && data[from + 2] != DELIMITER))) {
                return false;
            }
            tags[i] = tag;
            fieldFrom[i] = from;
            fieldTo[i] = past - 1;
            bodyFrom[i] = from + 2;
            tagSum += tag;
            lengthSum += length;
        }
        view.fields = entries;
        view.isClean = true;
        view.tagSum = tagSum;
        view.fieldLengthSum = lengthSum;
        return true;
    }

    /// An entry that is not all digits may still have letters in its tag, but for MARC 21.
    private boolean isLetteredEntry(byte[] data, int entry) {
        return !checksMarc21
                && Bytes.isTagByte(data[entry])
                && Bytes.isTagByte(data[entry + 1])
                && Bytes.isTagByte(data[entry + 2])
                && Bytes.isDigit(data[entry + 3]);
    }
}
