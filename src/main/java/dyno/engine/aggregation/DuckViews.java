package dyno.engine.aggregation;

import dyno.engine.parquet.ColumnFacts;
import dyno.engine.parquet.ColumnFacts.TimestampUnit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// SQL that gives DuckDB the input's files as tables of known columns and types, whatever each file has.
///
/// What is put together here are names, numbers and quoted literals of our own.
final class DuckViews {

    private static final String MOST = "1e18";
    /// Older writers do not say of bytes that they are text.
    private static final String TEXT = "binary_as_string = true";
    /// Metrics, then capacities, as [PodChunk] has them.
    private static final List<String> NUMBERS = PodReader.VALUES;

    private final AggregationWorkload workload;
    private final InputTables tables;
    private final String inPeriod;
    /// Made once: which columns files have is known before the statement is written.
    private final Map<Table, String> unions = new EnumMap<>(Table.class);

    private @Nullable Boolean hasTextTimes;

    DuckViews(AggregationWorkload workload, InputTables tables) {
        this.workload = workload;
        this.tables = tables;
        this.inPeriod = DuckSql.inPeriod(workload);
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// A column of a view.
    ///
    /// @param name   in the view
    /// @param source in the file
    /// @param kind   `T` a time in microseconds, `D` a double without NaN, `S` text
    private record Wanted(String name, String source, char kind) {}

    /// Whether footers say that no number of any pod file is anomalous; null counts as no. Reading them
    /// is cheaper than looking at every number twice.
    String footersExcludeAnomalies() {
        return """
                SELECT CAST(coalesce(bool_and(coalesce(
                    type IN ('DOUBLE', 'FLOAT')
                    AND TRY_CAST(stats_max_value AS DOUBLE) <= %1$s
                    AND TRY_CAST(stats_min_value AS DOUBLE) >= -%1$s, false)), true) AS INT)
                FROM parquet_metadata([%2$s])
                WHERE path_in_schema IN (%3$s)
                """.formatted(
                        MOST,
                        String.join(", ", paths(tables.of(Table.POD_USAGE))),
                        NUMBERS.stream().map(DuckSql::quote).collect(Collectors.joining(", ")));
    }

    private static List<String> paths(List<InputFile> files) {
        return files.stream()
                .filter(LocalFile.class::isInstance)
                .map(file ->
                        DuckSql.quote(((LocalFile) file).path().toAbsolutePath().toString()))
                .toList();
    }

    /// The pod table with columns of known names and types; what a file lacks is null.
    ///
    /// @param withAnomalies false where it is known that there are none
    String pods(boolean withAnomalies) throws IOException {
        var wanted = new ArrayList<>(List.of(
                new Wanted("us", TimeColumn.NAME, 'T'),
                new Wanted("namespace", "namespace", 'S'),
                new Wanted("node", "node", 'S'),
                new Wanted("resource_id", "resource_id", 'S'),
                new Wanted("raw", "pod_labels", 'S')));
        if (workload.makes(Output.STORAGE)) {
            wanted.add(new Wanted("pod", "pod", 'S'));
        }
        for (int i = 0; i < NUMBERS.size(); i++) {
            var name = i < Metric.COUNT ? "m" + i : "c" + (i - Metric.COUNT);
            wanted.add(new Wanted(name, NUMBERS.get(i), 'D'));
        }
        return """
                CREATE OR REPLACE VIEW pods AS
                SELECT * REPLACE (
                    nullif(node, '') AS node,
                    coalesce(m2, greatest(m0, m1)) AS m2,
                    coalesce(m6, greatest(m4, m5)) AS m6
                ), %s,
                %s AS anomalous
                FROM (%s)
                """.formatted(
                        DuckSql.day(), withAnomalies ? anomalous(wanted) : "false", union(Table.POD_USAGE, wanted));
    }

    private static String anomalous(List<Wanted> wanted) {
        return wanted.stream()
                .filter(column -> column.kind == 'D')
                .map(column -> "coalesce(abs(%s) > %s, false)".formatted(column.name, MOST))
                .collect(Collectors.joining(" OR "));
    }

    String storage() throws IOException {
        return """
                CREATE OR REPLACE VIEW claims AS
                SELECT *, %s,
                coalesce(abs(v0) > 1e18, false) OR coalesce(abs(v1) > 1e18, false)
                OR coalesce(abs(v2) > 1e18, false) OR coalesce(abs(v3) > 1e18, false) AS anomalous
                FROM (%s)
                """.formatted(
                        DuckSql.day(),
                        union(
                                Table.STORAGE,
                                List.of(
                                        new Wanted("us", TimeColumn.NAME, 'T'),
                                        new Wanted("namespace", "namespace", 'S'),
                                        new Wanted("pod", "pod", 'S'),
                                        new Wanted("pvc", "persistentvolumeclaim", 'S'),
                                        new Wanted("pv", "persistentvolume", 'S'),
                                        new Wanted("class", "storageclass", 'S'),
                                        new Wanted("handle", "csi_volume_handle", 'S'),
                                        new Wanted("pvraw", "persistentvolume_labels", 'S'),
                                        new Wanted("pvcraw", "persistentvolumeclaim_labels", 'S'),
                                        new Wanted("v0", "persistentvolumeclaim_capacity_bytes", 'D'),
                                        new Wanted("v1", "persistentvolumeclaim_capacity_byte_seconds", 'D'),
                                        new Wanted("v2", "volume_request_storage_byte_seconds", 'D'),
                                        new Wanted("v3", "persistentvolumeclaim_usage_byte_seconds", 'D'))));
    }

    /// Label rows of nodes or namespaces by day, object and text, with the latest time of each text.
    String objectLabels(Table table, String view, String object, String labels) throws IOException {
        var files = tables.of(table).isEmpty()
                ? "SELECT 0::BIGINT AS us, ''::VARCHAR AS object, ''::VARCHAR AS raw WHERE false"
                : union(
                        table,
                        List.of(
                                new Wanted("us", TimeColumn.NAME, 'T'),
                                new Wanted("object", object, 'S'),
                                new Wanted("raw", labels, 'S')));
        return """
                CREATE OR REPLACE TEMP TABLE %s AS
                SELECT day, object, raw, max(us) AS us, count(*) AS n
                FROM (SELECT *, %s FROM (%s))
                WHERE %s AND object IS NOT NULL %s
                GROUP BY day, object, raw
                """.formatted(
                        view, DuckSql.day(), files, inPeriod, table == Table.NODE_LABELS ? "AND object <> ''" : "");
    }

    String roles() throws IOException {
        return """
                CREATE OR REPLACE TEMP TABLE roles AS
                SELECT node, max(role) AS role
                FROM (%s)
                WHERE node <> '' AND role IS NOT NULL
                GROUP BY node
                """.formatted(
                tables.of(Table.NODES).isEmpty()
                        ? "SELECT ''::VARCHAR AS node, ''::VARCHAR AS role"
                        : union(
                                Table.NODES,
                                List.of(new Wanted("node", "node", 'S'), new Wanted("role", "node_role", 'S'))));
    }

    /// Files of one schema are read by one function call; those of another by another.
    private String union(Table table, List<Wanted> wanted) throws IOException {
        var known = unions.get(table);
        if (known == null) {
            known = unionOf(table, wanted);
            unions.put(table, known);
        }
        return known;
    }

    private String unionOf(Table table, List<Wanted> wanted) throws IOException {
        var bySelect = new LinkedHashMap<String, List<String>>();
        for (var file : tables.of(table)) {
            if (!(file instanceof LocalFile local)) {
                throw new IllegalArgumentException("DuckDB reads local files, not " + file.name());
            }
            try (var parquet = file.open()) {
                var select = wanted.stream()
                        .map(column -> expression(column, parquet.find(column.source)))
                        .collect(Collectors.joining(", "));
                bySelect.computeIfAbsent(select, key -> new ArrayList<>())
                        .add(DuckSql.quote(local.path().toAbsolutePath().toString()));
            }
        }
        return bySelect.entrySet().stream()
                .map(entry -> "SELECT %s FROM read_parquet([%s], hive_partitioning = false, %s)"
                        .formatted(entry.getKey(), String.join(", ", entry.getValue()), TEXT))
                .collect(Collectors.joining(" UNION ALL "));
    }

    private static String expression(Wanted wanted, Optional<ColumnFacts> facts) {
        var column = identifier(wanted.source);
        var expression = switch (wanted.kind) {
            case 'T' -> time(column, facts.orElseThrow());
            case 'D' -> facts.map(f -> number(column, f)).orElse("NULL::DOUBLE");
            default -> facts.map(f -> column + "::VARCHAR").orElse("NULL::VARCHAR");
        };
        return expression + " AS " + wanted.name;
    }

    private static String time(String column, ColumnFacts facts) {
        return switch (facts.physical()) {
            case BYTE_ARRAY -> "(SELECT t.us FROM times t WHERE t.raw = %s)".formatted(column);
            default ->
                "epoch_us(%s)".formatted(facts.timestamp() == TimestampUnit.NANOS ? micros(column, facts) : column);
        };
    }

    /// DuckDB has no such function of nanoseconds; a cast cuts them off.
    private static String micros(String column, ColumnFacts facts) {
        var logical = facts.logical();
        boolean isUtc = logical != null && logical.endsWith("true)");
        return column + (isUtc ? "::TIMESTAMPTZ" : "::TIMESTAMP");
    }

    private static String number(String column, ColumnFacts facts) {
        var isFloating =
                facts.physical() == ColumnFacts.Physical.DOUBLE || facts.physical() == ColumnFacts.Physical.FLOAT;
        var logical = facts.logical();
        boolean isText = facts.physical() == ColumnFacts.Physical.BYTE_ARRAY
                && (logical == null || !logical.startsWith("DECIMAL"));
        var value = isText ? "nullif(trim(%s), '')::DOUBLE".formatted(column) : column + "::DOUBLE";
        return isFloating || isText ? "CASE WHEN isnan(%1$s) THEN NULL ELSE %1$s END".formatted(value) : value;
    }

    /// Whether any file of the wanted tables has times as text.
    boolean hasTextTimes() throws IOException {
        var known = hasTextTimes;
        if (known == null) {
            known = looksForTextTimes();
            hasTextTimes = known;
        }
        return known;
    }

    private boolean looksForTextTimes() throws IOException {
        for (var table : Table.values()) {
            for (var file : tables.of(table)) {
                try (var parquet = file.open()) {
                    if (parquet.find(TimeColumn.NAME)
                            .filter(f -> f.physical() == ColumnFacts.Physical.BYTE_ARRAY)
                            .isPresent()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// All distinct texts of times.
    String textTimes() {
        var files = new ArrayList<String>();
        for (var table : Table.values()) {
            for (var file : tables.of(table)) {
                if (table != Table.NODES && file instanceof LocalFile local) {
                    files.add("SELECT DISTINCT interval_start::VARCHAR AS raw FROM read_parquet(%s, %s)"
                            .formatted(
                                    DuckSql.quote(local.path().toAbsolutePath().toString()), TEXT));
                }
            }
        }
        return "SELECT DISTINCT raw FROM (%s)".formatted(String.join(" UNION ALL ", files));
    }
}
