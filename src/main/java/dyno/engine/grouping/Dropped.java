package dyno.engine.grouping;

/// Rows that become part of no record.
///
/// @param nullSource without a source address
/// @param nullTime   with one, but without a time
record Dropped(long nullSource, long nullTime) {

    static final Dropped NONE = new Dropped(0, 0);

    long rows() {
        return nullSource + nullTime;
    }

    Dropped plus(Dropped other) {
        return new Dropped(nullSource + other.nullSource, nullTime + other.nullTime);
    }
}
