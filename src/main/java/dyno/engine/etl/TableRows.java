package dyno.engine.etl;

import java.sql.SQLException;
import java.util.List;

/// Spreads results over tables. Stateless.
interface TableRows {

    /// Parents before children. The first one has a row for each result, keyed by the record's id.
    List<Table> tables();

    /// Writes what one result has for one table: no row, one or many.
    ///
    /// @param table index in [#tables]
    /// @param row   of the results
    /// @return rows written
    int write(int table, Results results, int row, RowWriter out) throws SQLException;

    /// Rows that a generated record has in a table, by which the tables are checked.
    ///
    /// @param table index in [#tables]
    int rowsOfGenerated(int table);

    /// For results of a transform.
    static TableRows of(TransformKind transform) {
        return switch (transform) {
            case T2, T3 -> new ActivityRows();
            case ROWS -> new UserRows();
            case T0, T1 -> throw new IllegalArgumentException(transform + " has no tables");
        };
    }
}
