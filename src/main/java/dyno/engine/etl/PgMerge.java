package dyno.engine.etl;

import dyno.engine.etl.EtlWorkload.OnConflict;
import dyno.engine.etl.Table.Column;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Loads where keys may be there already: rows of the first table go through a temporary one.
///
/// SKIP leaves what is there, and of several rows with the same key in a batch takes the first; REPLACE takes the
/// last, and clears what hangs on the key. Bound to one session.
final class PgMerge {

    private static final String INCOMING = "incoming";

    /// What became of a load.
    ///
    /// @param rows  of the results, whose children are to be written
    /// @param added rows that the first table did not have
    record Merged(BitSet rows, int added) {}

    private final PgSession session;
    private final TableRows rows;
    private final OnConflict onConflict;
    private final RowWriter writer;
    private final Table incoming;

    /// @param onConflict not FAIL, which needs no merge
    PgMerge(PgSession session, TableRows rows, OnConflict onConflict, RowWriter writer) throws SQLException {
        this.session = session;
        this.rows = rows;
        this.onConflict = onConflict;
        this.writer = writer;
        this.incoming = rows.tables().getFirst().named(INCOMING);
        session.execute("CREATE TEMPORARY TABLE IF NOT EXISTS %s (LIKE %s) ON COMMIT DELETE ROWS"
                .formatted(INCOMING, first().name()));
        session.commit();
    }

    Merged write(Load load) throws SQLException {
        var winners = winners(load);
        writer.begin(incoming);
        for (int row : winners.values()) {
            rows.write(0, load.results(), row, writer);
        }
        writer.end();
        return onConflict == OnConflict.SKIP ? skip(winners) : replace(winners);
    }

    /// Which row of each key counts.
    private Map<Long, Integer> winners(Load load) {
        var winners = new HashMap<Long, Integer>();
        for (int row = load.fromRow(); row < load.toRow(); row++) {
            if (onConflict == OnConflict.SKIP) {
                winners.putIfAbsent(load.results().id(row), row);
            } else {
                winners.put(load.results().id(row), row);
            }
        }
        return winners;
    }

    private Merged skip(Map<Long, Integer> winners) throws SQLException {
        var chosen = new BitSet();
        try (var statement = session.jdbc().createStatement();
                var added = statement.executeQuery(insert("DO NOTHING", key()))) {
            while (added.next()) {
                chosen.set(Objects.requireNonNull(winners.get(added.getLong(1)), "a row that was not sent"));
            }
        }
        return new Merged(chosen, chosen.cardinality());
    }

    private Merged replace(Map<Long, Integer> winners) throws SQLException {
        var columns = first().columns().stream()
                .skip(1)
                .map(Column::name)
                .map(name -> name + " = EXCLUDED." + name)
                .collect(Collectors.joining(", "));
        int added = 0;
        try (var statement = session.jdbc().createStatement();
                // A row that was there has been locked by this transaction.
                var found = statement.executeQuery(insert("DO UPDATE SET " + columns, "xmax = 0"))) {
            while (found.next()) {
                added += found.getBoolean(1) ? 1 : 0;
            }
        }
        if (added < winners.size()) {
            clearChildren();
        }
        var chosen = new BitSet();
        winners.values().forEach(chosen::set);
        return new Merged(chosen, added);
    }

    /// In the order of keys, so that two batches with the same ones wait for each other and do not deadlock.
    private String insert(String action, String returning) {
        return """
                INSERT INTO %s (%s)
                SELECT %s
                FROM %s
                ORDER BY %s
                ON CONFLICT (%s) %s
                RETURNING %s
                """.formatted(
                        first().name(),
                        first().columnNames(),
                        first().columnNames(),
                        INCOMING,
                        key(),
                        key(),
                        action,
                        returning);
    }

    private void clearChildren() throws SQLException {
        var tables = rows.tables();
        for (var child : tables.subList(1, tables.size())) {
            session.execute("""
                    DELETE FROM %s
                    WHERE user_id IN (SELECT %s FROM %s)
                    """.formatted(child.name(), key(), INCOMING));
        }
    }

    private Table first() {
        return rows.tables().getFirst();
    }

    private String key() {
        return first().columns().getFirst().name();
    }
}
