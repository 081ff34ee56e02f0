package dyno.engine.etl;

import java.util.List;
import java.util.stream.Collectors;

/// A table of sink POSTGRES.
///
/// @param name       without its schema
/// @param columns    in the order of the rows that are written
/// @param constraint keys: what stands behind the columns in its definition
record Table(String name, List<Column> columns, String constraint) {

    /// @param type as PostgreSQL calls it
    record Column(String name, Type type) {}

    /// What a column holds.
    enum Type {
        BIGINT("bigint"),
        INTEGER("integer"),
        REAL("real"),
        DOUBLE("double precision"),
        BOOLEAN("boolean"),
        TEXT("text"),
        JSONB("jsonb");

        private final String sql;

        Type(String sql) {
            this.sql = sql;
        }

        /// A parameter of a statement that becomes such a value. Text needs to be told that it is JSON.
        String parameter() {
            return this == JSONB ? "CAST(? AS jsonb)" : "?";
        }
    }

    /// @param definition the columns as PostgreSQL would have them: `user_id bigint, ord integer`
    static Table of(String name, String definition, String constraint) {
        var columns = List.of(definition.split(",")).stream()
                .map(String::strip)
                .map(column -> new Column(column.substring(0, column.indexOf(' ')), type(column)))
                .toList();
        return new Table(name, columns, constraint);
    }

    private static Type type(String column) {
        var sql = column.substring(column.indexOf(' ') + 1);
        for (var type : Type.values()) {
            if (type.sql.equals(sql)) {
                return type;
            }
        }
        throw new IllegalArgumentException("No type is called '%s'".formatted(sql));
    }

    /// `user_id, ord`
    String columnNames() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /// `bigint, integer` behind the names, and the keys.
    String definition() {
        var described = columns.stream()
                .map(column -> column.name() + " " + column.type().sql)
                .collect(Collectors.joining(", "));
        return described + ", " + constraint;
    }

    /// A table of the same columns by another name.
    Table named(String otherName) {
        return new Table(otherName, columns, constraint);
    }
}
