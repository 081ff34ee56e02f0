package dyno.engine.etl;

/// One attempt to load a batch or, where dead letters are looked for, a part of one. Immutable.
///
/// @param pipeline 0-based
/// @param batch    the records; its number names it
/// @param results  the rows, of which `fromRow` to `toRow` (exclusive) are to be loaded
/// @param range    which records of the batch
/// @param part     1 for the whole batch; the halves of part p are 2p and 2p + 1
/// @param attempt  1-based; parts go on counting where their batch stopped
record Load(int pipeline, Batch batch, Results results, Range range, int part, int attempt) {

    /// Bits that number the parts of a batch: 17 halvings bring 100,000 records down to one.
    private static final int PART_BITS = 18;

    /// Records `from` to `to` (exclusive) of a batch.
    record Range(int from, int to) {

        int size() {
            return to - from;
        }
    }

    static Load whole(int pipeline, Batch batch, Results results, int attempt) {
        return new Load(pipeline, batch, results, new Range(0, batch.size()), 1, attempt);
    }

    boolean isWhole() {
        return part == 1;
    }

    /// Names what is loaded, within its pipeline, over attempts and restarts: the batch's number, or a negative number
    /// that no other part of any batch has.
    long key() {
        return isWhole() ? batch.number() : partKey(batch.number(), part);
    }

    /// @param part 0 stands before all parts: their keys are smaller
    static long partKey(long batchNumber, int part) {
        return -(batchNumber << PART_BITS | part);
    }

    /// Whether another part of the same batch is a part of this one.
    ///
    /// @param partKey of that part, negative
    boolean contains(long partKey) {
        int other = (int) (-partKey & (1 << PART_BITS) - 1);
        while (other > part) {
            other >>= 1;
        }
        return other == part && key() != partKey;
    }

    int fromRow() {
        return results.firstRow(range.from());
    }

    int toRow() {
        return results.firstRow(range.to());
    }

    /// Rows to load.
    int rows() {
        return toRow() - fromRow();
    }

    /// Records that count as loaded with it.
    int records() {
        return range.size();
    }

    long firstId() {
        return batch.id(range.from());
    }

    long lastId() {
        return batch.id(range.to() - 1);
    }

    Load again() {
        return new Load(pipeline, batch, results, range, part, attempt + 1);
    }

    /// The half that is not loaded yet, lower or upper; only of two or more records.
    Load lowerHalf() {
        int middle = range.from() + range.size() / 2;
        return new Load(pipeline, batch, results, new Range(range.from(), middle), 2 * part, attempt + 1);
    }

    Load upperHalf() {
        int middle = range.from() + range.size() / 2;
        return new Load(pipeline, batch, results, new Range(middle, range.to()), 2 * part + 1, attempt + 1);
    }
}
