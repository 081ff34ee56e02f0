package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dyno.engine.marc.MarcWorkload.XmlIllegal;

/// MARCXML, a record a line.
///
/// @see <a href="https://www.loc.gov/standards/marcxml/">MARCXML</a>
final class MarcXmlFormat extends RecordConsumer {

    private static final byte[] HEADER = """
            <?xml version="1.0" encoding="UTF-8"?>
            <collection xmlns="http://www.loc.gov/MARC21/slim">
            """.getBytes(ISO_8859_1);
    private static final byte[] FOOTER = "</collection>\n".getBytes(ISO_8859_1);
    private static final byte[] RECORD = "<record><leader>".getBytes(ISO_8859_1);
    private static final byte[] AFTER_LEADER = "</leader>".getBytes(ISO_8859_1);
    private static final byte[] AFTER_RECORD = "</record>\n".getBytes(ISO_8859_1);

    private static final byte[] CONTROL_FIELD = "<controlfield tag=\"001\">".getBytes(ISO_8859_1);
    private static final int CONTROL_TAG_AT = 19;
    private static final byte[] AFTER_CONTROL_FIELD = "</controlfield>".getBytes(ISO_8859_1);

    private static final byte[] DATA_FIELD = "<datafield tag=\"245\" ind1=\"1\" ind2=\"0\">".getBytes(ISO_8859_1);
    private static final int DATA_TAG_AT = 16;
    private static final int FIRST_INDICATOR_AT = 27;
    private static final int SECOND_INDICATOR_AT = 36;
    private static final byte[] BETWEEN_INDICATORS = "\" ind2=\"".getBytes(ISO_8859_1);
    private static final byte[] AFTER_INDICATORS = "\">".getBytes(ISO_8859_1);
    private static final byte[] AFTER_DATA_FIELD = "</datafield>".getBytes(ISO_8859_1);

    private static final byte[] SUBFIELD = "<subfield code=\"a\">".getBytes(ISO_8859_1);
    private static final int CODE_AT = 16;
    private static final byte[] AFTER_SUBFIELD = "</subfield>".getBytes(ISO_8859_1);

    private final XmlText text;
    private final byte[] leader = new byte[Framer.LEADER_BYTES];

    MarcXmlFormat(XmlIllegal illegal) {
        this.text = new XmlText(illegal);
    }

    @Override
    byte[] header() {
        return HEADER;
    }

    @Override
    byte[] footer() {
        return FOOTER;
    }

    @Override
    void accept(RecordView view, long index, Output output, Findings findings) {
        output.put(RECORD);
        view.leader(leader, 0);
        for (byte b : leader) {
            text.putLatin1(output, b);
        }
        checkIllegal(view.base + view.start, 0, findings);
        output.put(AFTER_LEADER);
        for (int f = 0; f < view.fields; f++) {
            if (view.isControl(f)) {
                putControlField(view, f, output);
                checkIllegal(view.valueOffset(f), view.tags[f], findings);
            } else {
                putDataField(view, f, output, findings);
            }
        }
        output.put(AFTER_RECORD);
    }

    private void putControlField(RecordView view, int field, Output output) {
        int at = output.size;
        output.put(CONTROL_FIELD);
        JsonFormat.putTag(output.bytes, at + CONTROL_TAG_AT, view.tags[field]);
        text.put(output, view.text, view.valueFrom[field], view.valueTo[field]);
        output.put(AFTER_CONTROL_FIELD);
    }

    private void putDataField(RecordView view, int field, Output output, Findings findings) {
        byte first = view.firstIndicator(field);
        byte second = view.secondIndicator(field);
        int at = output.size;
        output.put(DATA_FIELD);
        JsonFormat.putTag(output.bytes, at + DATA_TAG_AT, view.tags[field]);
        if (XmlText.isPlainAttribute(first) && XmlText.isPlainAttribute(second)) {
            output.bytes[at + FIRST_INDICATOR_AT] = first;
            output.bytes[at + SECOND_INDICATOR_AT] = second;
        } else {
            output.size = at + FIRST_INDICATOR_AT;
            text.putAttribute(output, first);
            output.put(BETWEEN_INDICATORS);
            text.putAttribute(output, second);
            output.put(AFTER_INDICATORS);
            checkIllegal(view.base + view.fieldFrom[field], view.tags[field], findings);
        }
        int past = view.firstSubfield[field + 1];
        for (int s = view.firstSubfield[field]; s < past; s++) {
            putSubfield(view, s, output);
            checkIllegal(view.subfieldOffset(s), view.tags[field], findings);
        }
        output.put(AFTER_DATA_FIELD);
    }

    private void putSubfield(RecordView view, int subfield, Output output) {
        byte code = view.codes[subfield];
        int at = output.size;
        output.put(SUBFIELD);
        if (XmlText.isPlainAttribute(code)) {
            output.bytes[at + CODE_AT] = code;
        } else {
            output.size = at + CODE_AT;
            text.putAttribute(output, code);
            output.put(AFTER_INDICATORS);
        }
        text.put(output, view.text, view.subfieldFrom[subfield], view.subfieldTo[subfield]);
        output.put(AFTER_SUBFIELD);
    }

    private void checkIllegal(long offset, int tag, Findings findings) {
        if (text.failed()) {
            findings.add(Defect.XML_CHARACTER_ILLEGAL, offset, tag);
        }
    }
}
