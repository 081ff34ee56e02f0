package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.Generate;
import dyno.engine.marc.MarcWorkload.Shape;

/// Makes records from a seed. Each depends on seed and index alone, so that any stretch of a file can be made
/// by itself. Used by one thread at a time.
final class Generator {

    private static final int FIRST_YEAR = 1900;
    private static final int YEARS = 125;

    private final Generate generate;
    private final Draws draws = new Draws();
    private final RecordBuilder record = new RecordBuilder();
    private final RealisticShape realistic;
    private final Damage damage;
    private final String leader;
    private final String authorityLeader;

    Generator(Generate generate) {
        this.generate = generate;
        boolean isUtf8 = generate.encoding() == Encoding.UTF8;
        this.realistic = new RealisticShape(record, draws, isUtf8 ? Words.SPECIAL_UTF8 : Words.SPECIAL_MARC8);
        this.damage = new Damage(generate.seed(), generate.malformedRatio());
        char coding = isUtf8 ? 'a' : ' ';
        this.leader = "00000nam " + coding + "2200000 a 4500";
        this.authorityLeader = "00000nz  " + coding + "2200000n  4500";
    }

    /// Appends one record, damaged if it is one of those.
    void append(long index, Output output) {
        int from = output.size;
        record.restart();
        draws.restart(generate.seed(), index);
        boolean isTiny = generate.shape() == Shape.TINY;
        if (isTiny) {
            TinyShape.build(record, draws, index);
        } else {
            realistic.build(index);
        }
        record.appendTo(output, isTiny && TinyShape.isAuthority(index) ? authorityLeader : leader);
        damage.apply(output, from, index);
    }

    static long year(long index) {
        return FIRST_YEAR + index % YEARS;
    }

    /// Field 008 of a book: 40 characters.
    static String fixedData(long year) {
        return "260101s" + year + "    xx " + " ".repeat(17) + "eng d";
    }

    /// Bytes of a record on average, rounded up; what estimates go by.
    static long bytesPerRecord(Shape shape) {
        return switch (shape) {
            case TINY -> 248;
            case REALISTIC -> 1_196;
        };
    }
}
