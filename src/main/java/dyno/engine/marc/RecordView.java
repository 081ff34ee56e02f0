package dyno.engine.marc;

import java.util.Arrays;

/// A record as positions in its bytes: fields once its structure was parsed, subfields and text once its
/// values were read. Kept by the reader and overwritten by the next record; used by one thread at a time.
final class RecordView {

    private static final int LARGEST_SHOWN = 99_999;

    /// The record's bytes, and the offset in the file of their first.
    byte[] data = new byte[0];

    long base;
    int start;
    int end;

    /// Bytes of leader and directory.
    int baseAddress;

    /// Whether nothing is wrong with the structure, so that all numbers in it are true.
    boolean isClean;

    int fields;
    int[] tags = new int[64];

    /// First byte of each field, its indicators where it has any.
    int[] fieldFrom = new int[64];

    /// Past each field's last byte, its terminator not included.
    int[] fieldTo = new int[64];

    /// Where a data field's first delimiter is, or its end; not set where the structure is clean.
    private int[] bodyFrom = new int[64];

    /// Characters of all values; set by those who make Strings.
    long valueChars;

    long tagSum;
    long fieldLengthSum;

    /// UTF-8 of all values; the record's own bytes where those are UTF-8.
    byte[] text = data;

    /// Whether all values are ASCII.
    boolean isAscii;

    private boolean isInPlace;

    /// Whether a subfield was left out, since it has no code.
    boolean lacksSubfields;

    int[] valueFrom = new int[64];
    int[] valueTo = new int[64];

    /// First subfield of each field; one more than there are fields.
    int[] firstSubfield = new int[65];

    int subfields;
    byte[] codes = new byte[64];
    int[] subfieldFrom = new int[64];
    int[] subfieldTo = new int[64];

    /// Where values begin in [#data]; only valid where [#text] is not the record's own bytes.
    int[] valueOrigin = new int[0];

    int[] subfieldOrigin = new int[0];

    void start(Frame frame) {
        data = frame.data;
        text = data;
        isInPlace = true;
        base = frame.base;
        start = frame.start;
        end = frame.end;
        fields = 0;
        subfields = 0;
        isClean = false;
        lacksSubfields = false;
        valueChars = 0;
        tagSum = 0;
        fieldLengthSum = 0;
    }

    void makeRoomForFields(int count) {
        if (tags.length < count) {
            int length = Math.max(count, tags.length * 2);
            tags = Arrays.copyOf(tags, length);
            fieldFrom = Arrays.copyOf(fieldFrom, length);
            fieldTo = Arrays.copyOf(fieldTo, length);
            bodyFrom = Arrays.copyOf(bodyFrom, length);
            valueFrom = Arrays.copyOf(valueFrom, length);
            valueTo = Arrays.copyOf(valueTo, length);
            firstSubfield = Arrays.copyOf(firstSubfield, length + 1);
        }
    }

    void addField(int tag, int from, int body, int to) {
        makeRoomForFields(fields + 1);
        tags[fields] = tag;
        fieldFrom[fields] = from;
        bodyFrom[fields] = body;
        fieldTo[fields] = to;
        fields++;
        tagSum += tag;
        fieldLengthSum += to - from + 1;
    }

    void addSubfield(byte code, int from, int to) {
        if (subfields == codes.length) {
            int length = subfields * 2;
            codes = Arrays.copyOf(codes, length);
            subfieldFrom = Arrays.copyOf(subfieldFrom, length);
            subfieldTo = Arrays.copyOf(subfieldTo, length);
        }
        codes[subfields] = code;
        subfieldFrom[subfields] = from;
        subfieldTo[subfields] = to;
        subfields++;
    }

    /// Whether text and positions of values are those of the record's own bytes.
    boolean isInPlace() {
        return isInPlace;
    }

    /// Gives the values text of their own; their positions in it follow.
    void moveTo(byte[] ownText) {
        text = ownText;
        isInPlace = false;
    }

    /// Remembers where values are in the record's bytes, before they get text of their own.
    void keepOrigins() {
        valueOrigin = Arrays.copyOf(valueFrom, fields);
        subfieldOrigin = Arrays.copyOf(subfieldFrom, subfields);
    }

    /// Offset in the file of a control field's value.
    long valueOffset(int field) {
        return base + (isInPlace() ? valueFrom[field] : valueOrigin[field]);
    }

    /// Offset in the file of a subfield's value.
    long subfieldOffset(int subfield) {
        return base + (isInPlace() ? subfieldFrom[subfield] : subfieldOrigin[subfield]);
    }

    boolean isControl(int field) {
        return Bytes.isControl(tags[field]);
    }

    /// Where a data field's first delimiter is, or its end.
    int bodyFrom(int field) {
        return isClean ? fieldFrom[field] + 2 : bodyFrom[field];
    }

    byte firstIndicator(int field) {
        return data[fieldFrom[field]];
    }

    byte secondIndicator(int field) {
        return data[fieldFrom[field] + 1];
    }

    /// The leader as outputs show it: true length and base, `22`, and `a` for UTF-8; else as read.
    ///
    /// @param target gets 24 bytes of ISO 8859-1
    void leader(byte[] target, int at) {
        System.arraycopy(data, start, target, at, Framer.LEADER_BYTES);
        digits(target, at, Math.min(end - start, LARGEST_SHOWN));
        target[at + 9] = 'a';
        target[at + 10] = '2';
        target[at + 11] = '2';
        digits(target, at + 12, Math.min(baseAddress, LARGEST_SHOWN));
    }

    static void digits(byte[] target, int at, int number) {
        int rest = number;
        for (int i = at + 4; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
