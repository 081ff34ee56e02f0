package dyno.engine.marc;

/// Records of about 1.2 KB: repeated codes, interleaved tags, empty subfields, linked fields, six scripts.
final class RealisticShape {

    private static final String[] SCRIPTS = {"(N", "(S", "(2", "(3", "$1"};

    /// Index of the first special word that is not Latin; those that follow match [#SCRIPTS].
    private static final int FIRST_OTHER_SCRIPT = 11;

    private final RecordBuilder record;
    private final Draws draws;
    private final byte[][] specials;

    RealisticShape(RecordBuilder record, Draws draws, byte[][] specials) {
        this.record = record;
        this.draws = draws;
        this.specials = specials;
    }

    // Numbers are drawn in the order in which a reader of the record meets them.
    void build(long index) {
        long year = Generator.year(index);
        record.control("001", "r%09d".formatted(index))
                .control("003", "DYNO")
                .control("005", "20260101000000.0")
                .control("008", Generator.fixedData(year));
        addNumbers(year);
        byte[] surname = Words.pick(Words.SURNAMES, draws);
        byte[] given = Words.pick(Words.GIVEN, draws);
        record.field("100", "1 ")
                .subfield('a')
                .text(surname)
                .text(", ")
                .text(given)
                .text(",");
        record.subfield('d').number(1880 + draws.below(110)).text("-").end();
        addTitle(index, surname, given);
        addPublication(year);
        int pages = addExtent();
        addNotes(pages);
        addSubjects(index);
        if (draws.below(2) == 0) {
            record.field("856", "40")
                    .subfield('u')
                    .text("https://example.org/r/")
                    .number(index);
            record.subfield('z').text("Access: <open> & \"free\"").end();
        }
        if (index % 8 == 3) {
            int k = (int) (index / 8 % 5);
            record.field("880", "10").subfield('6').text("245-01/").text(SCRIPTS[k]);
            record.subfield('a').text(specials[FIRST_OTHER_SCRIPT + k]).end();
        }
    }

    private void addNumbers(long year) {
        record.field("020", "  ")
                .subfield('a')
                .text("978")
                .number(draws.below(1_000_000_000), 9)
                .text("0");
        if (draws.below(2) == 0) {
            record.subfield('q').text("hardback");
        }
        record.end();
        record.field("040", "  ").subfield('a').text("DLC").subfield('b').text("eng");
        record.subfield('e').text("rda").subfield('c').text("DLC").end();
        record.field("050", "00").subfield('a').text(letter()).text(letter()).number(1 + draws.below(999));
        record.subfield('b')
                .text(".")
                .text(letter())
                .number(10 + draws.below(90))
                .text(" ")
                .number(year)
                .end();
    }

    private String letter() {
        return String.valueOf((char) ('A' + draws.below(26)));
    }

    private void addTitle(long index, byte[] surname, byte[] given) {
        record.field("245", "10");
        if (index % 8 == 3) {
            record.subfield('6').text("880-01");
        }
        record.subfield('a');
        addText(3, 8, " :");
        record.subfield('b');
        addText(3, 10, " /");
        record.subfield('c').text(given).text(" ").text(surname).text(".").end();
        if (index % 32 == 9) {
            record.field("246", "30")
                    .subfield('a')
                    .text(capitalised())
                    .subfield('b')
                    .end();
        }
        if (draws.below(4) == 0) {
            record.field("250", "  ")
                    .subfield('a')
                    .number(2 + draws.below(8))
                    .text(". edition.")
                    .end();
        }
    }

    private void addPublication(long year) {
        record.field("264", " 1").subfield('a').text(place()).text(" :");
        record.subfield('b').text(Words.pick(Words.PUBLISHERS, draws)).text(",");
        record.subfield('c').number(year).text(".").end();
    }

    private int addExtent() {
        int pages = 100 + draws.below(700);
        int height = 18 + draws.below(20);
        record.field("300", "  ").subfield('a').number(pages).text(" pages :");
        record.subfield('b')
                .text("illustrations ;")
                .subfield('c')
                .number(height)
                .text(" cm")
                .end();
        addTerm("336", "text", "txt", "rdacontent");
        addTerm("337", "unmediated", "n", "rdamedia");
        addTerm("338", "volume", "nc", "rdacarrier");
        return pages;
    }

    private void addTerm(String tag, String term, String code, String source) {
        record.field(tag, "  ")
                .subfield('a')
                .text(term)
                .subfield('b')
                .text(code)
                .subfield('2')
                .text(source)
                .end();
    }

    private void addNotes(int pages) {
        if (draws.below(3) == 0) {
            record.field("490", "1 ").subfield('a');
            addText(2, 4, " ;");
            record.subfield('v').number(1 + draws.below(99)).end();
        }
        record.field("504", "  ")
                .subfield('a')
                .text("Includes bibliographical references (pages ")
                .number(pages - 20)
                .text("-")
                .number(pages - 10)
                .text(") and index.")
                .end();
        record.field("520", "  ").subfield('a');
        addText(15, 45, ".");
        record.end();
    }

    private void addSubjects(long index) {
        for (int left = 1 + draws.below(4); left > 0; left--) {
            record.field("650", " 0")
                    .subfield('a')
                    .text(capitalised())
                    .subfield('x')
                    .text(capitalised());
            if (draws.below(2) == 0) {
                record.subfield('z').text(place());
            }
            record.text(".").end();
        }
        if (draws.below(2) == 0) {
            record.field("651", " 0").subfield('a').text(place()).text(".").end();
        }
        for (int left = draws.below(4); left > 0; left--) {
            record.field("700", "1 ")
                    .subfield('a')
                    .text(Words.pick(Words.SURNAMES, draws))
                    .text(", ");
            record.text(Words.pick(Words.GIVEN, draws)).text(",");
            record.subfield('e').text("author,").subfield('e').text("editor.").end();
        }
        if (index % 16 == 7) {
            record.field("650", " 7")
                    .subfield('a')
                    .text(capitalised())
                    .subfield('2')
                    .text("fast")
                    .end();
        }
    }

    /// Words, one in eight of them beyond ASCII.
    private void addText(int fewest, int most, String tail) {
        int count = fewest + draws.below(most - fewest + 1);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                record.text(" ");
            }
            if (draws.below(8) == 0) {
                record.text(Words.pick(specials, draws));
            } else {
                record.text(i == 0 ? capitalised() : Words.pick(Words.WORDS, draws));
            }
        }
        record.text(tail);
    }

    private byte[] capitalised() {
        return Words.pick(Words.CAPITALISED, draws);
    }

    private byte[] place() {
        return Words.pick(Words.PLACES, draws);
    }
}
