package dyno.engine.marc;

import static dyno.engine.marc.Bytes.DELIMITER;
import static dyno.engine.marc.Bytes.FIELD_TERMINATOR;
import static dyno.engine.marc.Bytes.RECORD_TERMINATOR;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// Puts a record together field by field. Kept from record to record; used by one thread at a time.
final class RecordBuilder {

    private final byte[] directory = new byte[99_999];
    private final byte[] data = new byte[99_999];
    private int directorySize;
    private int dataSize;
    private int fieldStart;

    /// Starts a record.
    void restart() {
        directorySize = 0;
        dataSize = 0;
    }

    /// Adds a control field.
    RecordBuilder control(String tag, String value) {
        start(tag);
        text(value);
        end();
        return this;
    }

    /// Starts a data field.
    ///
    /// @param indicators both
    RecordBuilder field(String tag, String indicators) {
        start(tag);
        return text(indicators);
    }

    /// Starts a subfield; its text follows.
    RecordBuilder subfield(char code) {
        data[dataSize++] = DELIMITER;
        data[dataSize++] = (byte) code;
        return this;
    }

    RecordBuilder text(String text) {
        // Generated text beyond ASCII comes as bytes.
        byte[] bytes = text.getBytes(ISO_8859_1);
        return text(bytes);
    }

    RecordBuilder text(byte[] text) {
        System.arraycopy(text, 0, data, dataSize, text.length);
        dataSize += text.length;
        return this;
    }

    RecordBuilder number(long number) {
        return text(Long.toString(number));
    }

    /// A number with zeros before it.
    RecordBuilder number(long number, int digits) {
        String text = Long.toString(number);
        for (int i = text.length(); i < digits; i++) {
            data[dataSize++] = '0';
        }
        return text(text);
    }

    /// Ends a data field.
    void end() {
        data[dataSize++] = FIELD_TERMINATOR;
        int length = dataSize - fieldStart;
        for (int i = directorySize + 6; i >= directorySize + 3; i--) {
            directory[i] = (byte) ('0' + length % 10);
            length /= 10;
        }
        RecordView.digits(directory, directorySize + 7, fieldStart);
        directorySize += Structure.ENTRY_BYTES;
    }

    private void start(String tag) {
        fieldStart = dataSize;
        directory[directorySize] = (byte) tag.charAt(0);
        directory[directorySize + 1] = (byte) tag.charAt(1);
        directory[directorySize + 2] = (byte) tag.charAt(2);
    }

    /// Appends the record.
    ///
    /// @param leader 24 characters; length and base are worked out
    void appendTo(Output output, String leader) {
        int base = Framer.LEADER_BYTES + directorySize + 1;
        int at = output.size;
        output.put(leader.getBytes(ISO_8859_1));
        RecordView.digits(output.bytes, at, base + dataSize + 1);
        RecordView.digits(output.bytes, at + 12, base);
        output.put(directory, 0, directorySize);
        output.put(FIELD_TERMINATOR);
        output.put(data, 0, dataSize);
        output.put(RECORD_TERMINATOR);
    }
}
