package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.marc.MarcField.ControlField;
import dyno.engine.marc.MarcField.DataField;
import dyno.engine.marc.MarcField.Subfield;
import java.nio.charset.Charset;
import java.util.stream.IntStream;

/// Makes objects of records: every field, subfield and value. Used by one thread at a time.
final class RecordMaker {

    private static final String[] NUMERIC_TAGS =
            IntStream.range(0, 1000).mapToObj("%03d"::formatted).toArray(String[]::new);

    private final byte[] leader = new byte[Framer.LEADER_BYTES];
    private long valueChars;

    /// The record that the view shows; its number of characters is left in the view.
    MarcRecord make(RecordView view) {
        valueChars = 0;
        // All bytes of an ASCII text are characters, so that nothing has to be decoded.
        Charset charset = view.isAscii ? ISO_8859_1 : UTF_8;
        view.leader(leader, 0);
        var fields = new MarcField[view.fields];
        for (int f = 0; f < fields.length; f++) {
            fields[f] = field(view, f, charset);
        }
        view.valueChars = valueChars;
        return new MarcRecord(new String(leader, ISO_8859_1), fields);
    }

    private MarcField field(RecordView view, int field, Charset charset) {
        String tag = tag(view.tags[field]);
        if (view.isControl(field)) {
            return new ControlField(tag, value(view.text, view.valueFrom[field], view.valueTo[field], charset));
        }
        int from = view.firstSubfield[field];
        var subfields = new Subfield[view.firstSubfield[field + 1] - from];
        for (int i = 0; i < subfields.length; i++) {
            int s = from + i;
            String value = value(view.text, view.subfieldFrom[s], view.subfieldTo[s], charset);
            subfields[i] = new Subfield((char) (view.codes[s] & 0xFF), value);
        }
        return new DataField(
                tag,
                (char) (view.firstIndicator(field) & 0xFF),
                (char) (view.secondIndicator(field) & 0xFF),
                subfields);
    }

    private String value(byte[] text, int from, int to, Charset charset) {
        String value = new String(text, from, to - from, charset);
        valueChars += value.length();
        return value;
    }

    private static String tag(int tag) {
        int digits = tag - 0x303030;
        int first = digits >> 16;
        int second = digits >> 8 & 0xFF;
        int third = digits & 0xFF;
        return first >= 0 && first <= 9 && second <= 9 && third <= 9
                ? NUMERIC_TAGS[first * 100 + second * 10 + third]
                : Bytes.tag(tag);
    }
}
