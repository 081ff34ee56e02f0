package dyno.engine.marc;

import static dyno.engine.marc.Bytes.DELIMITER;
import static dyno.engine.marc.Bytes.FIELD_TERMINATOR;
import static dyno.engine.marc.Bytes.RECORD_TERMINATOR;

/// ROUND_TRIP: ISO 2709 again, UTF-8, lengths and starts worked out anew, data in the directory's order.
///
/// A record that is laid out like that already is copied as a whole, a field that needs no change as a whole:
/// its bytes were checked by then. Used by one thread at a time.
final class RoundTripFormat extends RecordConsumer {

    static final int LONGEST_FIELD = 9_999;
    static final int LONGEST_RECORD = 99_999;

    @Override
    void accept(RecordView view, long index, Output output, Findings findings) {
        if (isLaidOut(view)) {
            int at = output.size;
            output.put(view.data, view.start, view.end - view.start);
            putFixedLeader(output.bytes, at);
        } else {
            rebuild(view, output, findings);
        }
    }

    /// Whether the record is what would be written: nothing is wrong with it, its bytes are its text, and its
    /// fields follow one another from the base to the end.
    private static boolean isLaidOut(RecordView view) {
        if (!view.isClean || !view.isInPlace() || view.lacksSubfields) {
            return false;
        }
        int at = view.start + view.baseAddress;
        for (int f = 0; f < view.fields; f++) {
            if (view.fieldFrom[f] != at) {
                return false;
            }
            at = view.fieldTo[f] + 1;
        }
        return at == view.end - 1;
    }

    private static int base(int fields) {
        return Framer.LEADER_BYTES + Structure.ENTRY_BYTES * fields + 1;
    }

    private static void rebuild(RecordView view, Output output, Findings findings) {
        int at = output.size;
        int base = base(view.fields);
        output.room(base);
        view.leader(output.bytes, at);
        output.size += base;
        for (int f = 0; f < view.fields; f++) {
            int from = output.size;
            putField(view, f, output);
            int length = output.size - from;
            if (length > LONGEST_FIELD) {
                findings.add(Defect.FIELD_TOO_LONG, view.base + view.start, view.tags[f]);
            }
            int entry = at + Framer.LEADER_BYTES + f * Structure.ENTRY_BYTES;
            putEntry(output.bytes, entry, view.tags[f], length, from - at - base);
        }
        output.put(RECORD_TERMINATOR);
        int length = output.size - at;
        if (length > LONGEST_RECORD) {
            findings.add(Defect.RECORD_TOO_LONG, view.base + view.start, 0);
        }
        byte[] bytes = output.bytes;
        bytes[at + base - 1] = FIELD_TERMINATOR;
        RecordView.digits(bytes, at, Math.min(length, LONGEST_RECORD));
        RecordView.digits(bytes, at + 12, Math.min(base, LONGEST_RECORD));
        putFixedLeader(bytes, at);
    }

    private static void putField(RecordView view, int field, Output output) {
        if (view.isControl(field)) {
            output.put(view.text, view.valueFrom[field], view.valueTo[field] - view.valueFrom[field]);
        } else {
            output.put(view.firstIndicator(field));
            output.put(view.secondIndicator(field));
            for (int s = view.firstSubfield[field]; s < view.firstSubfield[field + 1]; s++) {
                output.put(DELIMITER);
                output.put(view.codes[s]);
                output.put(view.text, view.subfieldFrom[s], view.subfieldTo[s] - view.subfieldFrom[s]);
            }
        }
        output.put(FIELD_TERMINATOR);
    }

    /// Writes a directory entry; numbers that do not fit are written as their last digits, the record is dropped
    /// in that case.
    static void putEntry(byte[] bytes, int at, int tag, int length, int start) {
        JsonFormat.putTag(bytes, at, tag);
        int rest = length;
        for (int i = at + 6; i >= at + 3; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        RecordView.digits(bytes, at + 7, start);
    }

    /// What does not depend on the record: UTF-8, one digit of indicators and codes each, sizes of the entries.
    static void putFixedLeader(byte[] bytes, int at) {
        bytes[at + 9] = 'a';
        bytes[at + 10] = '2';
        bytes[at + 11] = '2';
        bytes[at + 20] = '4';
        bytes[at + 21] = '5';
        bytes[at + 22] = '0';
        bytes[at + 23] = '0';
    }
}
