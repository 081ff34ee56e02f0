package dyno.engine.etl;

import dyno.engine.etl.EtlWorkload.LoadMethod;
import dyno.engine.etl.EtlWorkload.OnConflict;
import java.sql.SQLException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Writes batches into tables within one session's transactions, and enters them into the ledger.
///
/// Used by one thread at a time; after an exception, [#abandon] or [#close] comes next.
final class PgBatches implements AutoCloseable {

    /// What a worker's sessions have in common.
    ///
    /// @param onConflict what becomes of rows whose key is there already
    record Style(PgPlace place, TableRows rows, LoadMethod method, OnConflict onConflict) {}

    private final PgSession session;
    private final Style style;
    private final PgLedger ledger;
    private final RowWriter writer;
    private final @Nullable PgMerge merge;
    private final long[] written;

    PgBatches(PgSession session, Style style) throws SQLException {
        this.session = session;
        this.style = style;
        this.ledger = new PgLedger(session, style.place().keeper());
        this.writer = writer(session, style.method());
        this.merge = style.onConflict() == OnConflict.FAIL
                ? null
                : new PgMerge(session, style.rows(), style.onConflict(), writer);
        this.written = new long[style.rows().tables().size()];
    }

    private static RowWriter writer(PgSession session, LoadMethod method) {
        var connection = session.jdbc();
        return switch (method) {
            case COPY_BINARY -> new CopyWriter(connection);
            case INSERT_MULTI -> new MultiInsertWriter(connection);
            case INSERT_BATCH -> InsertWriter.batched(connection);
            case INSERT_ROW -> InsertWriter.rowByRow(connection);
        };
    }

    PgSession session() {
        return session;
    }

    /// Whether a load is in, once whatever attempt at it is under way has ended. To be rolled back.
    boolean holds(Load load) throws SQLException {
        return !ledger.claim(load);
    }

    /// Writes a load, uncommitted.
    ///
    /// @return false where the ledger has it already and nothing was written
    /// @throws LoadException where parts of it were loaded before
    boolean write(Load load) throws SQLException {
        if (!ledger.claim(load)) {
            return false;
        }
        if (style.place().isKept() && ledger.holdsPartsOf(load)) {
            throw new LoadException(LoadException.Kind.PERMANENT, "Some of its records are loaded already");
        }
        int table = 0;
        @Nullable BitSet chosen = null;
        if (merge != null) {
            var merged = merge.write(load);
            if (merged.added() < load.records()) {
                ledger.added(load, merged.added());
            }
            written[0] = merged.added();
            chosen = merged.rows();
            table = 1;
        }
        for (; table < written.length; table++) {
            written[table] = write(table, load, chosen);
        }
        return true;
    }

    /// @param chosen rows of the results to write; null: all
    private long write(int table, Load load, @Nullable BitSet chosen) throws SQLException {
        var rows = style.rows();
        var results = load.results();
        long count = 0;
        writer.begin(rows.tables().get(table));
        int end = load.toRow();
        for (int row = load.fromRow(); row < end; row++) {
            if (chosen == null || chosen.get(row)) {
                count += rows.write(table, results, row, writer);
            }
        }
        writer.end();
        return count;
    }

    /// Rows that the last [#write] wrote, by table.
    long[] written() {
        return written;
    }

    /// Takes back what was written and not committed; the session can be used again.
    void abandon() throws SQLException {
        writer.close();
        session.rollback();
    }

    @Override
    public void close() throws SQLException {
        // The connection first: a writer of a broken one would wait for answers that never come.
        session.close();
    }
}
