package dyno.engine.marc;

import static dyno.engine.marc.Bytes.DELIMITER;
import static dyno.engine.marc.Bytes.FIELD_TERMINATOR;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.marc.MarcWorkload.Validation;
import java.util.Map;

/// Finds every defect in leader, directory and extent of fields, and repairs what can be repaired.
///
/// Says the same as [Structure] where nothing is wrong. Used by one thread at a time.
final class DamagedStructure {

    /// Fields overlap where a directory is damaged. More bytes of them than this, and than the record has,
    /// would not fit into memory once they are repaired.
    private static final long MOST_FIELD_BYTES = 64L << 20;

    private final boolean checksMarc21;
    private long fieldBytes;

    /// Where the last terminator was looked for, and found: entries that overlap look for the same one.
    private int searchedFrom;

    private int searchedTo;

    DamagedStructure(Validation validation) {
        this.checksMarc21 = validation == Validation.MARC21;
    }

    /// Parses a record as far as it goes.
    ///
    /// @param findings gets what is wrong, in the order leader, then each entry with its field
    /// @return false where the record is lost, since no directory can be found
    /// @throws EngineException where its fields overlap beyond measure
    boolean parse(Frame frame, RecordView view, Findings findings) {
        view.start(frame);
        fieldBytes = 0;
        searchedFrom = Integer.MAX_VALUE;
        if (frame.defect != null) {
            findings.add(frame.defect, frame.defectOffset, 0);
        }
        byte[] data = frame.data;
        int start = frame.start;
        if (data[start + 10] != '2' || data[start + 11] != '2') {
            findings.add(Defect.COUNTS_INVALID, frame.base + start + 10, 0);
        }
        int base = base(frame, findings);
        if (checksMarc21) {
            int position = Marc21.offendingLeaderPosition(data, start);
            if (position >= 0) {
                findings.add(Defect.LEADER_VALUE_INVALID, frame.base + start + position, 0);
            }
        }
        if (base < 0) {
            return false;
        }
        view.baseAddress = base;
        int first = start + base;
        for (int entry = start + Framer.LEADER_BYTES; entry < first - 1; entry += Structure.ENTRY_BYTES) {
            parseEntry(frame, view, findings, entry);
        }
        return true;
    }

    /// The base address, found anew where the declared one cannot be; -1 where there is none.
    private static int base(Frame frame, Findings findings) {
        byte[] data = frame.data;
        int start = frame.start;
        int declared = Bytes.number(data, start + 12, 5);
        if (declared < 25 || start + declared > frame.dataEnd) {
            findings.add(Defect.BASE_ADDRESS_INVALID, frame.base + start + 12, 0);
            return baseByTerminator(frame);
        }
        boolean isAligned = isBase(declared);
        if (isAligned && data[start + declared - 1] == FIELD_TERMINATOR) {
            return declared;
        }
        findings.add(Defect.DIRECTORY_INVALID, frame.base + start + declared - 1, 0);
        int found = baseByTerminator(frame);
        return found < 0 && isAligned ? declared : found;
    }

    private static int baseByTerminator(Frame frame) {
        int from = frame.start + Framer.LEADER_BYTES;
        int terminator = Bytes.indexOf(frame.data, from, frame.dataEnd, FIELD_TERMINATOR);
        int base = terminator + 1 - frame.start;
        return terminator < frame.dataEnd && isBase(base) ? base : -1;
    }

    private static boolean isBase(int base) {
        return (base - 25) % Structure.ENTRY_BYTES == 0;
    }

    private void parseEntry(Frame frame, RecordView view, Findings findings, int entry) {
        byte[] data = frame.data;
        long offset = frame.base + entry;
        if (!isTag(data, entry)) {
            findings.add(Defect.TAG_INVALID, offset, 0);
            return;
        }
        int tag = Bytes.intAt(data, entry) >>> 8;
        int length = Bytes.number(data, entry + 3, 4);
        int fieldStart = Bytes.number(data, entry + 7, 5);
        if (length < 0 || fieldStart < 0) {
            findings.add(Defect.ENTRY_NOT_NUMERIC, offset + 3, tag);
            return;
        }
        int from = frame.start + view.baseAddress + fieldStart;
        // In a record that is repaired the sum may pass the largest int; no array is that large.
        long past = (long) from + length;
        int to;
        if (length < 1 || past > frame.dataEnd) {
            findings.add(Defect.FIELD_OUT_OF_BOUNDS, offset + 3, tag);
            if (length < 1 || from < 0 || from >= frame.dataEnd) {
                return;
            }
            to = terminator(frame, from);
            if (to == frame.dataEnd) {
                return;
            }
        } else if (data[(int) past - 1] != FIELD_TERMINATOR) {
            findings.add(Defect.FIELD_UNTERMINATED, frame.base + past - 1, tag);
            to = terminator(frame, from);
        } else {
            to = (int) past - 1;
        }
        fieldBytes += to - from;
        if (fieldBytes > MOST_FIELD_BYTES && fieldBytes > frame.dataEnd - frame.start) {
            long record = frame.base + frame.start;
            throw new EngineException(
                    FailureCode.INVALID_INPUT,
                    "The fields of the record at byte %d overlap: they come to more than %d bytes"
                            .formatted(record, MOST_FIELD_BYTES),
                    Map.of("byte", record));
        }
        addField(frame, view, findings, tag, from, to);
    }

    private int terminator(Frame frame, int from) {
        if (from < searchedFrom || from > searchedTo) {
            searchedFrom = from;
            searchedTo = Bytes.indexOf(frame.data, from, frame.dataEnd, FIELD_TERMINATOR);
        }
        return searchedTo;
    }

    private static void addField(Frame frame, RecordView view, Findings findings, int tag, int from, int to) {
        if (Bytes.isControl(tag)) {
            view.addField(tag, from, from, to);
            return;
        }
        if (to - from < 2) {
            findings.add(Defect.FIELD_TOO_SHORT, frame.base + from, tag);
            return;
        }
        int body = from + 2;
        if (body < to && frame.data[body] != DELIMITER) {
            findings.add(Defect.DELIMITER_MISSING, frame.base + body, tag);
            body = Bytes.indexOf(frame.data, body, to, DELIMITER);
            if (body == to) {
                return;
            }
        }
        view.addField(tag, from, body, to);
    }

    private boolean isTag(byte[] data, int entry) {
        for (int i = entry; i < entry + 3; i++) {
            if (!Bytes.isTagByte(data[i]) || (checksMarc21 && !Bytes.isDigit(data[i]))) {
                return false;
            }
        }
        return true;
    }
}
