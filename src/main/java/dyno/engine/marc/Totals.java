package dyno.engine.marc;

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

    /// All of them as `name=value` lines.
    @Override
    public String toString() {
        return ("begun=%d%nrecords=%d%ndropped=%d%nrepaired=%d%nfields=%d%nsubfields=%d%nvalueChars=%d%ntagSum=%d%n"
                        + "fieldLengthSum=%d%noutputBytes=%d%n")
                .formatted(
                        begun,
                        records,
                        dropped,
                        repaired,
                        fields,
                        subfields,
                        valueChars,
                        tagSum,
                        fieldLengthSum,
                        outputBytes)
                .replace(System.lineSeparator(), "\n");
    }
}
