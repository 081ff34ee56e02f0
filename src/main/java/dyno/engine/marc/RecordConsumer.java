package dyno.engine.marc;

/// What is done with each record that was read. Used by one thread at a time.
abstract class RecordConsumer {

    static final byte[] NOTHING = {};

    /// Whether values are looked at, or structure alone.
    boolean looksAtValues() {
        return true;
    }

    /// Whether clean records need only be counted, so that they may be passed over without [#accept].
    boolean onlyCounts() {
        return false;
    }

    /// Whether outputs tell the index of a record within its file.
    boolean tellsIndex() {
        return false;
    }

    /// What stands before the first record of a file.
    byte[] header() {
        return NOTHING;
    }

    /// What stands between two records.
    byte[] separator() {
        return NOTHING;
    }

    /// What stands behind the last record of a file.
    byte[] footer() {
        return NOTHING;
    }

    /// Takes a record.
    ///
    /// @param view     valid during the call
    /// @param index    of the record within its file
    /// @param output   gets its bytes; they are taken back where the record is dropped
    /// @param findings gets what keeps it from being written
    abstract void accept(RecordView view, long index, Output output, Findings findings);
}
