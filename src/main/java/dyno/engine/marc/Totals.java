package dyno.engine.marc;

import java.util.Arrays;

/// What was read and written, in numbers. Used by one thread at a time.
final class Totals {

    /// Records begun, lost ones included.
    long begun;

    /// Records delivered.
    long records;

    long dropped;

    /// Delivered records in which something was wrong.
    long repaired;

    long fields;
    long subfields;

    /// Characters (UTF-16) of all values, where objects are made.
    long valueChars;

    /// Tags as 24-bit big-endian numbers, summed.
    long tagSum;

    /// Bytes of all fields with their terminators.
    long fieldLengthSum;

    long outputBytes;

    void clear() {
        begun = 0;
        records = 0;
        dropped = 0;
        repaired = 0;
        fields = 0;
        subfields = 0;
        valueChars = 0;
        tagSum = 0;
        fieldLengthSum = 0;
        outputBytes = 0;
    }

    void add(Totals other) {
        begun += other.begun;
        records += other.records;
        dropped += other.dropped;
        repaired += other.repaired;
        fields += other.fields;
        subfields += other.subfields;
        valueChars += other.valueChars;
        tagSum += other.tagSum;
        fieldLengthSum += other.fieldLengthSum;
        outputBytes += other.outputBytes;
    }

    Totals copy() {
        var copy = new Totals();
        copy.add(this);
        return copy;
    }

    boolean sameAs(Totals other) {
        return Arrays.equals(values(), other.values());
    }

    /// All of them, in the order of the fields above; [#of] takes them back.
    long[] values() {
        return new long[] {
            begun, records, dropped, repaired, fields, subfields, valueChars, tagSum, fieldLengthSum, outputBytes
        };
    }

    static Totals of(long[] values) {
        var totals = new Totals();
        totals.begun = values[0];
        totals.records = values[1];
        totals.dropped = values[2];
        totals.repaired = values[3];
        totals.fields = values[4];
        totals.subfields = values[5];
        totals.valueChars = values[6];
        totals.tagSum = values[7];
        totals.fieldLengthSum = values[8];
        totals.outputBytes = values[9];
        return totals;
    }

    @Override
    public String toString() {
        return ("begun %d, records %d, dropped %d, repaired %d, fields %d, subfields %d, valueChars %d, tagSum %d,"
                        + " fieldLengthSum %d, outputBytes %d")
                .formatted(Arrays.stream(values()).boxed().toArray());
    }
}
