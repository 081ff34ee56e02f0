package dyno.engine.etl;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/// A user in 15 tables.
final class UserRows implements TableRows {

    private static final UserTable[] USER_TABLES = UserTable.values();

    private static final List<Table> TABLES =
            Stream.of(USER_TABLES).map(UserTable::table).toList();

    @Override
    public List<Table> tables() {
        return TABLES;
    }

    @Override
    public int write(int table, Results results, int row, RowWriter out) throws SQLException {
        return USER_TABLES[table].write(((UserResults) results).user(row), out);
    }

    @Override
    public int rowsOfGenerated(int table) {
        return USER_TABLES[table].rowsOfGenerated();
    }
}
