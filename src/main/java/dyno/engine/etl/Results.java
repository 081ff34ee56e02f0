package dyno.engine.etl;

import java.util.List;

/// What a transform made of one batch: rows in the order of their records. A buffer that the worker reuses: valid
/// until its next transform.
///
/// Belongs to one thread at a time.
abstract class Results {

    /// A record that the transform refused.
    ///
    /// @param record index in the batch
    /// @param reason why, for its dead letter
    record Rejection(int record, String reason) {}

    private int size;

    /// Begins a batch's rows.
    final void start(int newSize) {
        this.size = newSize;
    }

    /// Rows.
    int size() {
        return size;
    }

    /// Id of the row's record.
    ///
    /// @param row 0 … size - 1
    abstract long id(int row);

    /// The row as one number: what sink COUNT adds up, and what shows that each record was loaded once.
    abstract long value(int row);

    /// Adds up the values of the rows `from` to `to`, exclusive.
    void tally(int from, int to, Tally tally) {
        for (int row = from; row < to; row++) {
            tally.addValue(value(row));
        }
    }

    /// Appends the row's canonical line, without line feed.
    abstract void appendLine(int row, LineBuffer to);

    /// The first row that was made of record `record` or of a later one; [#size] where there is none. Transforms that
    /// make one row a record need not say.
    ///
    /// @param record index in the batch, or its size
    int firstRow(int record) {
        return record;
    }

    /// Records of which nothing was made on purpose.
    int filtered() {
        return 0;
    }

    /// Records that the transform refused, ascending. They have no row.
    List<Rejection> rejections() {
        return List.of();
    }
}
