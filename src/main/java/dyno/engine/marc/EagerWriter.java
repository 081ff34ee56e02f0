package dyno.engine.marc;

import static dyno.engine.marc.Bytes.DELIMITER;
import static dyno.engine.marc.Bytes.FIELD_TERMINATOR;
import static dyno.engine.marc.Bytes.RECORD_TERMINATOR;

import dyno.engine.marc.MarcField.ControlField;
import dyno.engine.marc.MarcField.DataField;
import dyno.engine.marc.MarcField.Subfield;
import org.jspecify.annotations.Nullable;

/// WRITE: ISO 2709 of objects; Strings are encoded as UTF-8. Stateless.
final class EagerWriter {

    private EagerWriter() {}

    /// Writes a record.
    ///
    /// @return what keeps it from being written, null where nothing does; the output is void then
    static @Nullable Defect write(MarcRecord marc, Output output) {
        int at = output.size;
        MarcField[] fields = marc.fields();
        int base = Framer.LEADER_BYTES + Structure.ENTRY_BYTES * fields.length + 1;
        output.room(base);
        output.size = at + base;
        for (int f = 0; f < fields.length; f++) {
            int from = output.size;
            switch (fields[f]) {
                case ControlField field -> put(output, field.value());
                case DataField field -> put(output, field);
            }
            output.put(FIELD_TERMINATOR);
            int length = output.size - from;
            if (length > RoundTripFormat.LONGEST_FIELD) {
                return Defect.FIELD_TOO_LONG;
            }
            String tag = fields[f].tag();
            RoundTripFormat.putEntry(
                    output.bytes,
                    at + Framer.LEADER_BYTES + f * Structure.ENTRY_BYTES,
                    tag.charAt(0) << 16 | tag.charAt(1) << 8 | tag.charAt(2),
                    length,
                    from - at - base);
        }
        output.put(RECORD_TERMINATOR);
        int length = output.size - at;
        if (length > RoundTripFormat.LONGEST_RECORD) {
            return Defect.RECORD_TOO_LONG;
        }
        byte[] bytes = output.bytes;
        String leader = marc.leader();
        for (int i = 0; i < Framer.LEADER_BYTES; i++) {
            bytes[at + i] = (byte) leader.charAt(i);
        }
        bytes[at + base - 1] = FIELD_TERMINATOR;
        RecordView.digits(bytes, at, length);
        RecordView.digits(bytes, at + 12, base);
        RoundTripFormat.putFixedLeader(bytes, at);
        return null;
    }

    private static void put(Output output, DataField field) {
        output.put((byte) field.firstIndicator());
        output.put((byte) field.secondIndicator());
        for (Subfield subfield : field.subfields()) {
            output.put(DELIMITER);
            output.put((byte) subfield.code());
            put(output, subfield.value());
        }
    }

    private static void put(Output output, String value) {
        int length = value.length();
        // Three bytes for each char of UTF-16 at most: two chars that make four bytes are no more.
        output.room(Math.multiplyExact(length, 3));
        byte[] bytes = output.bytes;
        int size = output.size;
        int i = 0;
        while (i < length) {
            char c = value.charAt(i);
            if (c < 0x80) {
                bytes[size++] = (byte) c;
                i++;
            } else {
                // Values come from decoders, so that surrogates come in pairs.
                int codePoint = value.codePointAt(i);
                size = Utf8.put(bytes, size, codePoint);
                i += Character.charCount(codePoint);
            }
        }
        output.size = size;
    }
}
