package dyno.engine.aggregation;

import java.util.List;
import java.util.stream.Collectors;

/// The table that results are loaded into.
final class TableSchema {

    static final String TABLE = "reporting_ocpusagelineitem_daily_summary";

    /// What stands in every row's infrastructure_usage_cost.
    static final String NO_COST = "{\"cpu\": 0.000000000, \"memory\": 0.000000000, \"storage\": 0.000000000}";

    /// How a loader writes a column.
    enum Source {
        /// A column of [ResultRows]'s decimals, by index.
        DECIMAL,
        /// A column of its texts, by index.
        TEXT,
        PERIOD_ID,
        CLUSTER_ID,
        CLUSTER_ALIAS,
        DATA_SOURCE,
        DATE,
        NAMESPACE,
        POD_LABELS,
        VOLUME_LABELS,
        ALL_LABELS,
        SOURCE_UUID,
        COST,
        CATEGORY,
        NOTHING
    }

    /// @param type  as PostgreSQL writes it
    /// @param index for [Source#DECIMAL] and [Source#TEXT]
    record Column(String name, String type, Source source, int index) {}

    /// Every column but uuid, which is left to its default.
    static final List<Column> COLUMNS = List.of(
            column("report_period_id", "int", Source.PERIOD_ID),
            column("cluster_id", "varchar(50)", Source.CLUSTER_ID),
            column("cluster_alias", "varchar(256)", Source.CLUSTER_ALIAS),
            column("data_source", "varchar(64)", Source.DATA_SOURCE),
            column("usage_start", "date NOT NULL", Source.DATE),
            column("usage_end", "date NOT NULL", Source.DATE),
            column("namespace", "varchar(253)", Source.NAMESPACE),
            text(ResultRows.NODE, 253),
            column("pod", "varchar(253)", Source.NOTHING),
            text(ResultRows.RESOURCE, 253),
            column("pod_labels", "jsonb", Source.POD_LABELS),
            decimal(0),
            decimal(1),
            decimal(2),
            decimal(3),
            decimal(4),
            decimal(5),
            decimal(6),
            decimal(7),
            decimal(ResultRows.NODE_CORES),
            decimal(ResultRows.NODE_CORE_HOURS),
            decimal(ResultRows.NODE_GIGABYTES),
            decimal(ResultRows.NODE_GIGABYTE_HOURS),
            decimal(ResultRows.CLUSTER_CORE_HOURS),
            decimal(ResultRows.CLUSTER_GIGABYTE_HOURS),
            text(ResultRows.CLAIM, 253),
            text(ResultRows.VOLUME, 253),
            text(ResultRows.STORAGE_CLASS, 50),
            column("volume_labels", "jsonb", Source.VOLUME_LABELS),
            column("all_labels", "jsonb", Source.ALL_LABELS),
            decimal(ResultRows.CLAIM_GIGABYTES),
            decimal(ResultRows.CLAIM_GIGABYTE_MONTHS),
            decimal(ResultRows.REQUEST_MONTHS),
            decimal(ResultRows.USAGE_MONTHS),
            column("source_uuid", "uuid", Source.SOURCE_UUID),
            column("infrastructure_usage_cost", "jsonb", Source.COST),
            text(ResultRows.HANDLE, 253),
            column("cost_category_id", "int", Source.CATEGORY),
            column("source", "varchar(50)", Source.NOTHING),
            column("year", "varchar(4)", Source.NOTHING),
            column("month", "varchar(2)", Source.NOTHING),
            column("day", "varchar(2)", Source.NOTHING));

    static final String COLUMN_NAMES = COLUMNS.stream().map(Column::name).collect(Collectors.joining(", "));

    private TableSchema() {}

    /// The statement that makes the table, where it is not there.
    static String createTable() {
        return COLUMNS.stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(
                        ", ",
                        "CREATE TABLE IF NOT EXISTS " + TABLE + " (uuid uuid PRIMARY KEY DEFAULT gen_random_uuid(), ",
                        ") WITH (autovacuum_enabled = false)"));
    }

    /// The statements that make its indexes, which are kept while loading.
    static List<String> createIndexes() {
        return List.of("source_uuid", "usage_start", "namespace", "node", "year, month").stream()
                .map(columns -> "CREATE INDEX IF NOT EXISTS ocpusage_%s ON %s (%s)"
                        .formatted(columns.replace(", ", "_"), TABLE, columns))
                .toList();
    }

    private static Column column(String name, String type, Source source) {
        return new Column(name, type, source, 0);
    }

    private static Column text(int index, int characters) {
        return new Column(ResultRows.textName(index), "varchar(%d)".formatted(characters), Source.TEXT, index);
    }

    private static Column decimal(int index) {
        return new Column(ResultRows.decimalName(index), "numeric(24,6)", Source.DECIMAL, index);
    }
}
