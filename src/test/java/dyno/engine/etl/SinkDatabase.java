package dyno.engine.etl;

import dyno.engine.Cancellation;
import dyno.engine.Databases;
import dyno.engine.Machine;
import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import dyno.support.TestDatabase.Address;
import dyno.support.TestFolders;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// A database as sinks see it, and as somebody else does who looks at what they left.
record SinkDatabase(Address address, UUID job) {

    private static final Machine MACHINE =
            new Machine(2, OptionalInt.empty(), 1L << 32, OptionalLong.empty(), OptionalLong.empty());

    SinkDatabase(Address address) {
        this(address, UUID.randomUUID());
    }

    TrialContext context() {
        return context(Depth.FULL);
    }

    TrialContext context(Depth depth) {
        return context(TestFolders.fresh("sink"), depth);
    }

    TrialContext context(Path scratch) {
        return context(scratch, Depth.FULL);
    }

    private TrialContext context(Path scratch, Depth depth) {
        var secrets = Map.of(
                "database.url", address.jdbcUrl(),
                "database.user", address.user(),
                "database.password", address.password());
        return new TrialContext(scratch, scratch, MACHINE, Cancellation.NONE, 0, depth, Map.of(), secrets, job, 1);
    }

    String schema() {
        return Databases.scratchSchema("etl", job, 1, 0);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    /// All rows, columns separated by `|`.
    List<String> ask(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (found.next()) {
                var row = new ArrayList<String>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(found.getString(column));
                }
                rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    List<String> schemas() {
        return ask(
                "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'dyno%' OR nspname LIKE 'etl%' ORDER BY nspname");
    }
}
