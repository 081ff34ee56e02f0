package dyno.engine.marc;

/// Records of about 247 bytes, every fifth of them about a topic rather than a book.
final class TinyShape {

    private static final String AUTHORITY_DATA = "260101" + "|".repeat(34);

    private TinyShape() {}

    /// Whether the record is an authority record.
    static boolean isAuthority(long index) {
        return index % 5 == 0;
    }

    static void build(RecordBuilder record, Draws draws, long index) {
        String number = "t%08d".formatted(index);
        if (isAuthority(index)) {
            record.control("001", number).control("008", AUTHORITY_DATA);
            record.field("150", "  ").subfield('a').text("Topic ").number(index).end();
            if (index % 15 == 0) {
                record.field("450", "  ")
                        .subfield('a')
                        .text("Variant ")
                        .text(Words.pick(Words.WORDS, draws))
                        .end();
            }
            return;
        }
        long year = Generator.year(index);
        record.control("001", number).control("008", Generator.fixedData(year));
        record.field("100", "1 ")
                .subfield('a')
                .text(Words.pick(Words.SURNAMES, draws))
                .text(", ")
                .text(Words.pick(Words.GIVEN, draws))
                .text(".")
                .end();
        record.field("245", "10")
                .subfield('a')
                .text("Title number ")
                .number(index)
                .end();
        record.field("260", "  ")
                .subfield('a')
                .text(Words.pick(Words.PLACES, draws))
                .text(" :")
                .subfield('b')
                .text(Words.pick(Words.PUBLISHERS, draws))
                .text(",")
                .subfield('c')
                .number(year)
                .text(".")
                .end();
        record.field("300", "  ")
                .subfield('a')
                .number(50 + draws.below(450))
                .text(" p.")
                .end();
        record.field("650", " 0")
                .subfield('a')
                .text(Words.pick(Words.CAPITALISED, draws))
                .end();
        if (index % 5 >= 2) {
            record.field("651", " 0")
                    .subfield('a')
                    .text(Words.pick(Words.PLACES, draws))
                    .end();
        }
    }
}
