package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.stream.Collectors;

/// INSERT statements of 1,000 rows, values as parameters.
final class BatchInsert implements Loading {

    private static final int ROWS = 1_000;

    private final Identity identity;
    private final Cancellation cancellation;

    BatchInsert(Identity identity, Cancellation cancellation) {
        this.identity = identity;
        this.cancellation = cancellation;
    }

    @Override
    public void write(Connection connection, Result result) throws SQLException {
        var values = new RowTexts(identity, CanonicalLines.Texts.of(result.shared()));
        for (var part : result.parts()) {
            for (int from = 0; from < part.size(); from += ROWS) {
                cancellation.check();
                insert(connection, values, part, from, Math.min(part.size(), from + ROWS));
            }
        }
    }

    private static void insert(Connection connection, RowTexts values, ResultRows rows, int from, int to)
            throws SQLException {
        // A statement has at most 65,535 parameters, and 1,000 rows have 42,000.
        try (var statement = connection.prepareStatement(sql(to - from))) {
            int parameter = 1;
            for (int row = from; row < to; row++) {
                for (var column : TableSchema.COLUMNS) {
                    statement.setString(parameter++, values.value(column, rows, row));
                }
            }
            statement.executeUpdate();
        }
    }

    private static String sql(int rows) {
        var row = TableSchema.COLUMNS.stream()
                .map(column -> "CAST(? AS %s)".formatted(column.type().replace(" NOT NULL", "")))
                .collect(Collectors.joining(", ", "(", ")"));
        return "INSERT INTO %s (%s) VALUES %s"
                .formatted(
                        TableSchema.TABLE, TableSchema.COLUMN_NAMES, String.join(", ", Collections.nCopies(rows, row)));
    }
}
