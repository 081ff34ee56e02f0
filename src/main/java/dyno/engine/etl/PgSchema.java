package dyno.engine.etl;

import dyno.engine.etl.EtlWorkload.TableKind;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/// The tables of sink POSTGRES: made, emptied, dropped. Immutable.
///
/// Names come from this engine or match a pattern of letters, digits and underscores; statements that make things
/// take no parameters.
record PgSchema(PgPlace place, List<Table> tables, TableKind kind) {

    private static final String LEDGER = "etl_batch";

    /// Scratch tables are gone before anybody would want them tidied up. The server looks for tables to
    /// tidy up once
    /// a minute, and would do so in one iteration of many.
    private static final String UNTIDIED = " WITH (autovacuum_enabled = false, toast.autovacuum_enabled = false)";

    /// Makes schema and tables: anew where they are scratch, what is missing where they are kept.
    void create(PgSession session) throws SQLException {
        if (!place.isKept()) {
            endOthers(session);
            session.execute("DROP SCHEMA IF EXISTS %s CASCADE".formatted(place.schema()));
        } else {
            // Two jobs may make the same schema at the same moment.
            session.ask("SELECT pg_advisory_xact_lock(hashtext('%s'))".formatted(place.schema()));
        }
        session.execute("CREATE SCHEMA IF NOT EXISTS " + place.schema());
        session.execute(create(LEDGER, PgLedger.definition(place.isKept())));
        for (var table : tables) {
            session.execute(create(table.name(), table.definition()));
        }
        session.commit();
    }

    private String create(String name, String definition) {
        var unlogged = kind == TableKind.UNLOGGED ? "UNLOGGED " : "";
        return "CREATE %sTABLE IF NOT EXISTS %s (%s)%s"
                .formatted(unlogged, name, definition, place.isKept() ? "" : UNTIDIED);
    }

    /// Empties scratch tables.
    void truncate(PgSession session) throws SQLException {
        var names = tables.stream().map(Table::name).collect(Collectors.joining(", "));
        session.execute("TRUNCATE %s, %s".formatted(LEDGER, names));
        session.commit();
    }

    /// Drops the scratch schema; a kept one is not ours to drop.
    void drop(PgSession session) throws SQLException {
        if (!place.isKept()) {
            endOthers(session);
            session.execute("DROP SCHEMA IF EXISTS %s CASCADE".formatted(place.schema()));
            session.commit();
        }
    }

    /// Sessions that were cut off may not have noticed yet, and hold locks; a fork that was killed left some too.
    private void endOthers(PgSession session) throws SQLException {
        try (var statement = session.jdbc().prepareStatement("""
                SELECT pg_terminate_backend(pid, 5000)
                FROM pg_stat_activity
                WHERE datname = current_database()
                AND application_name = ?
                AND pid <> pg_backend_pid()
                """)) {
            statement.setString(1, place.session());
            statement.executeQuery().close();
        }
    }
}
