package dyno.engine.grouping;

/// How long the nested stream of a record would be with one row more, counted from what was read and not by the
/// encoder's code. Used by one thread at a time.
final class RowLimit {

    /// Schema message, batch message up to its body, end of the stream.
    private static final int MESSAGES_BYTES = 392 + 368 + 8;

    private long rows;
    private long sourceBytes;
    private long dstBytes;
    private boolean hasDstNull;
    private boolean hasVersionNull;
    private boolean hasRttNull;

    void clear() {
        rows = 0;
        sourceBytes = 0;
        dstBytes = 0;
        hasDstNull = false;
        hasVersionNull = false;
        hasRttNull = false;
    }

    /// Takes the place of the part before.
    void keep(ProbeRecord part) {
        clear();
        for (int row = 0; row < part.rows(); row++) {
            add(part, row);
        }
    }

    /// Bytes of the part kept with the first row of the part that follows it.
    long withFirstRowOf(ProbeRecord next) {
        add(next, 0);
        long columns = eight(8 * rows)
                + eight(4 * rows + 4)
                + eight(sourceBytes)
                + eight(4 * rows + 4)
                + eight(dstBytes)
                + eight(rows)
                + eight(4 * rows);
        long bitmaps = (hasDstNull ? 1L : 0) + (hasVersionNull ? 1 : 0) + (hasRttNull ? 1 : 0);
        return MESSAGES_BYTES + columns + bitmaps * eight((rows + 7) / 8);
    }

    private void add(ProbeRecord part, int row) {
        rows++;
        sourceBytes += part.sourceLength(row);
        dstBytes += Math.max(0, part.dstLength(row));
        hasDstNull |= part.dstLength(row) < 0;
        hasVersionNull |= part.isVersionNull(row);
        hasRttNull |= part.isRttNull(row);
    }

    private static long eight(long bytes) {
        return (bytes + 7) / 8 * 8;
    }
}
