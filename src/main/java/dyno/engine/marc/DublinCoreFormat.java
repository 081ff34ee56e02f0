package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dyno.engine.marc.MarcWorkload.XmlIllegal;

/// Simple Dublin Core, a record a line: the elements that a catalogue shows first.
///
/// @see <a href="https://www.loc.gov/marc/marc2dc.html">MARC to Dublin Core crosswalk</a>
final class DublinCoreFormat extends RecordConsumer {

    private static final byte[] HEADER = """
            <?xml version="1.0" encoding="UTF-8"?>
            <records xmlns:dc="http://purl.org/dc/elements/1.1/">
            """.getBytes(ISO_8859_1);
    private static final byte[] FOOTER = "</records>\n".getBytes(ISO_8859_1);
    private static final byte[] RECORD = "<record>".getBytes(ISO_8859_1);
    private static final byte[] AFTER_RECORD = "</record>\n".getBytes(ISO_8859_1);
    private static final byte[] BLANK = {' '};
    private static final byte[] DASHES = {'-', '-'};

    private static final int FIXED_DATA = tag("008");

    private static final Element TITLE = new Element("title", " ", "245 abnp");
    private static final Element CREATOR = new Element("creator", " ", "100 ad", "110 ad", "111 ad");
    private static final Element SUBJECT =
            new Element("subject", "--", "600 axyzv", "610 axyzv", "611 axyzv", "630 axyzv", "650 axyzv", "653 axyzv");
    private static final Element DESCRIPTION = new Element("description", " ", "500 a", "505 a", "520 a");
    private static final Element PUBLISHER = new Element("publisher", " ", "260 b", "264 b");
    private static final Element CONTRIBUTOR = new Element("contributor", " ", "700 ad", "710 ad", "711 ad");
    private static final Element DATE = new Element("date", " ", "260 c", "264 c");
    private static final Element TYPE = new Element("type", " ");
    private static final Element FORMAT = new Element("format", " ", "300 abc");
    private static final Element IDENTIFIER = new Element("identifier", " ", "020 a", "022 a", "024 a", "856 u");
    private static final Element SOURCE = new Element("source", " ", "786 ot");
    private static final Element LANGUAGE = new Element("language", " ");
    private static final Element RELATION = new Element("relation", " ", "776 t");
    private static final Element COVERAGE = new Element("coverage", "--", "651 axyzv");
    private static final Element RIGHTS = new Element("rights", " ", "506 a", "540 a");

    private static final byte[] TEXT = "Text".getBytes(ISO_8859_1);
    private static final byte[] IMAGE = "Image".getBytes(ISO_8859_1);
    private static final byte[] SOUND = "Sound".getBytes(ISO_8859_1);

    private final XmlText text;

    DublinCoreFormat(XmlIllegal illegal) {
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
        put(TITLE, view, output, findings);
        put(CREATOR, view, output, findings);
        put(SUBJECT, view, output, findings);
        put(DESCRIPTION, view, output, findings);
        put(PUBLISHER, view, output, findings);
        put(CONTRIBUTOR, view, output, findings);
        if (put(DATE, view, output, findings) == 0) {
            putFixedData(DATE, view, output, 7, 4, '0', '9');
        }
        putType(view, output);
        put(FORMAT, view, output, findings);
        put(IDENTIFIER, view, output, findings);
        put(SOURCE, view, output, findings);
        putFixedData(LANGUAGE, view, output, 35, 3, 'a', 'z');
        put(RELATION, view, output, findings);
        put(COVERAGE, view, output, findings);
        put(RIGHTS, view, output, findings);
        output.put(AFTER_RECORD);
    }

    /// Writes an element for each field that has it.
    ///
    /// @return elements written
    private int put(Element element, RecordView view, Output output, Findings findings) {
        int count = 0;
        for (int f = 0; f < view.fields; f++) {
            int source = element.source(view.tags[f]);
            if (source >= 0 && putField(element, element.codes[source], view, f, output, findings)) {
                count++;
            }
        }
        return count;
    }

    private boolean putField(
            Element element, byte[] codes, RecordView view, int field, Output output, Findings findings) {
        int mark = output.size;
        output.put(element.start);
        int valueStart = output.size;
        boolean isFirst = true;
        int past = view.firstSubfield[field + 1];
        for (int s = view.firstSubfield[field]; s < past; s++) {
            if (!contains(codes, view.codes[s])) {
                continue;
            }
            if (!isFirst) {
                output.put(element.joint);
            }
            isFirst = false;
            text.put(output, view.text, view.subfieldFrom[s], view.subfieldTo[s]);
            if (text.failed()) {
                findings.add(Defect.XML_CHARACTER_ILLEGAL, view.subfieldOffset(s), view.tags[field]);
            }
        }
        if (output.size == valueStart) {
            output.size = mark;
            return false;
        }
        output.put(element.end);
        return true;
    }

    private static void putType(RecordView view, Output output) {
        byte[] type = switch (view.data[view.start + 6]) {
            case 'a', 'c', 'd', 't' -> TEXT;
            case 'e', 'f', 'g', 'k' -> IMAGE;
            case 'i', 'j' -> SOUND;
            default -> NOTHING;
        };
        if (type.length > 0) {
            output.put(TYPE.start);
            output.put(type);
            output.put(TYPE.end);
        }
    }

    /// Writes characters of the first 008, if all of them lie in a range of ASCII.
    private static void putFixedData(
            Element element, RecordView view, Output output, int position, int count, char lowest, char highest) {
        for (int f = 0; f < view.fields; f++) {
            if (view.tags[f] != FIXED_DATA) {
                continue;
            }
            int to = view.valueTo[f];
            int from = Characters.skip(view.text, view.valueFrom[f], to, position);
            if (to - from < count) {
                return;
            }
            for (int i = from; i < from + count; i++) {
                if (view.text[i] < lowest || view.text[i] > highest) {
                    return;
                }
            }
            output.put(element.start);
            output.put(view.text, from, count);
            output.put(element.end);
            return;
        }
    }

    private static boolean contains(byte[] codes, byte code) {
        for (byte c : codes) {
            if (c == code) {
                return true;
            }
        }
        return false;
    }

    private static int tag(String tag) {
        return tag.charAt(0) << 16 | tag.charAt(1) << 8 | tag.charAt(2);
    }

    /// A Dublin Core element and the fields and subfields that it is made of.
    private static final class Element {

        final byte[] start;
        final byte[] end;
        final byte[] joint;
        final int[] tags;
        final byte[][] codes;

        /// @param sources `TAG codes`
        Element(String name, String joint, String... sources) {
            this.start = ("<dc:" + name + ">").getBytes(ISO_8859_1);
            this.end = ("</dc:" + name + ">").getBytes(ISO_8859_1);
            this.joint = joint.equals(" ") ? BLANK : DASHES;
            this.tags = new int[sources.length];
            this.codes = new byte[sources.length][];
            for (int i = 0; i < sources.length; i++) {
                tags[i] = tag(sources[i]);
                codes[i] = sources[i].substring(4).getBytes(ISO_8859_1);
            }
        }

        int source(int tag) {
            for (int i = 0; i < tags.length; i++) {
                if (tags[i] == tag) {
                    return i;
                }
            }
            return -1;
        }
    }
}
