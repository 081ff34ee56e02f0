package dyno.engine.marc;

/// What can be wrong with bytes that should be MARC records, in the order of the checks.
enum Defect {
    PADDING("no bytes between records"),
    TRUNCATED_LEADER("24 bytes of leader"),
    NOT_A_RECORD("a record or its leader"),
    TRUNCATED_RECORD("a record terminator 1D"),
    LENGTH_NOT_NUMERIC("five digits of record length"),
    LENGTH_MISMATCH("a length that ends at a record terminator"),
    RECORD_TERMINATOR_MISSING("record terminator 1D"),
    COUNTS_INVALID("22"),
    BASE_ADDRESS_INVALID("five digits, 25 or more, within the record"),
    DIRECTORY_INVALID("field terminator 1E after twelve bytes an entry"),
    LEADER_VALUE_INVALID("a value that MARC 21 defines"),
    TAG_INVALID("three letters or digits"),
    ENTRY_NOT_NUMERIC("nine digits of length and start"),
    FIELD_OUT_OF_BOUNDS("a field of one byte or more within the record"),
    FIELD_UNTERMINATED("field terminator 1E"),
    FIELD_TOO_SHORT("two indicators"),
    DELIMITER_MISSING("delimiter 1F"),
    INDICATOR_INVALID("a digit or blank"),
    SUBFIELD_CODE_MISSING("a code behind the delimiter"),
    SUBFIELD_CODE_INVALID("a code from 21 to 7E"),
    CONTROL_CHARACTER("no byte below 20"),
    UTF8_INVALID("UTF-8"),
    MARC8_INVALID("MARC-8"),
    FIELD_TOO_LONG("at most 9999 bytes a field"),
    RECORD_TOO_LONG("at most 99999 bytes a record"),
    XML_CHARACTER_ILLEGAL("characters that XML 1.0 allows");

    private final String expected;

    Defect(String expected) {
        this.expected = expected;
    }

    /// What should have stood there.
    String expected() {
        return expected;
    }

    /// Whether it is only told and never costs a record.
    boolean isWarning() {
        return this == PADDING;
    }
}
