package dyno.engine.marc;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One defect that was found.
///
/// @param code          what is wrong
/// @param file          the file's name
/// @param record        index of the record within its file, from 0, lost ones included
/// @param byteOffset    bytes from the start of the file to where it is wrong
/// @param tag           the field's tag; null where it is not about a field
/// @param controlNumber the record's field 001; null where it was not read
/// @param found         at most 16 bytes from there on, in hex
/// @param expected      what should have stood there
record MarcError(
        Defect code,
        String file,
        long record,
        long byteOffset,
        @Nullable String tag,
        @Nullable String controlNumber,
        String found,
        String expected) {

    MarcError shiftedBy(long records) {
        return records == 0
                ? this
                : new MarcError(code, file, record + records, byteOffset, tag, controlNumber, found, expected);
    }

    /// As it stands in a case's `details.errors` and in a failure's `details`; what is not known is left out.
    Map<String, Object> asTree() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("code", code.name());
        tree.put("file", file);
        tree.put("record", record);
        tree.put("byteOffset", byteOffset);
        if (tag != null) {
            tree.put("tag", tag);
        }
        if (controlNumber != null) {
            tree.put("controlNumber", controlNumber);
        }
        tree.put("found", found);
        tree.put("expected", expected);
        return tree;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(code.name());
        out.writeUTF(file);
        out.writeLong(record);
        out.writeLong(byteOffset);
        writeNullable(out, tag);
        writeNullable(out, controlNumber);
        out.writeUTF(found);
        out.writeUTF(expected);
    }

    static MarcError read(DataInput in) throws IOException {
        return new MarcError(
                Defect.valueOf(in.readUTF()),
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                readNullable(in),
                readNullable(in),
                in.readUTF(),
                in.readUTF());
    }

    private static void writeNullable(DataOutput out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static @Nullable String readNullable(DataInput in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }

    /// One sentence for people: `LENGTH_MISMATCH in record 19 of a.mrc at byte 4645: …`.
    String sentence() {
        return "%s in record %d of %s at byte %d%s%s: expected %s, found %s"
                .formatted(
                        code,
                        record,
                        file,
                        byteOffset,
                        tag == null ? "" : ", field " + tag,
                        controlNumber == null ? "" : ", control number " + controlNumber,
                        expected,
                        found.isEmpty() ? "the end" : found);
    }
}
