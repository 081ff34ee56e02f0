package dyno.engine.aggregation;

import dyno.engine.parquet.ColumnFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// SQL for DuckDB, made for one workload and its files. What is put together here are names, numbers and quoted
/// literals of our own.
///
/// Labels come as lists aligned with the sorted enabled keys: element k is the value of key k as it stands in canonical
/// text, null where it is absent. So merging is COALESCE by element, and canonical text a CONCAT_WS.
final class DuckSql {

    private static final String MICROS_OF_DAY = "86400000000";
    private static final String MOST = "1e18";

    private final AggregationWorkload workload;
    private final InputTables tables;
    private final EnabledKeys enabled;
    private final boolean isExact;

    DuckSql(AggregationWorkload workload, InputTables tables) {
        this.workload = workload;
        this.tables = tables;
        this.enabled = new EnabledKeys(workload.enabledKeys());
        this.isExact = workload.sums() == Sums.EXACT;
    }

    EnabledKeys enabled() {
        return enabled;
    }

    static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
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

    /// The pod table with columns of known names and types; what a file lacks is null.
    String pods() throws IOException {
        var wanted = new ArrayList<>(List.of(
                new Wanted("us", TimeColumn.NAME, 'T'),
                new Wanted("namespace", "namespace", 'S'),
                new Wanted("node", "node", 'S'),
                new Wanted("resource_id", "resource_id", 'S'),
                new Wanted("raw", "pod_labels", 'S')));
        if (workload.makes(Output.STORAGE)) {
            wanted.add(new Wanted("pod", "pod", 'S'));
        }
        for (var metric : Metric.values()) {
            wanted.add(new Wanted("m" + metric.index(), metric.column(), 'D'));
        }
        wanted.add(new Wanted("c0", "node_capacity_cpu_cores", 'D'));
        wanted.add(new Wanted("c1", "node_capacity_cpu_core_seconds", 'D'));
        wanted.add(new Wanted("c2", "node_capacity_memory_bytes", 'D'));
        wanted.add(new Wanted("c3", "node_capacity_memory_byte_seconds", 'D'));
        return """
                CREATE OR REPLACE VIEW pods AS
                SELECT * REPLACE (
                    nullif(node, '') AS node,
                    coalesce(m2, greatest(m0, m1)) AS m2,
                    coalesce(m6, greatest(m4, m5)) AS m6
                ), (us - ((us %% %1$s) + %1$s) %% %1$s) // %1$s AS day,
                %2$s AS anomalous
                FROM (%3$s)
                """.formatted(
                        MICROS_OF_DAY,
                        wanted.stream()
                                .filter(column -> column.kind == 'D')
                                .map(column -> "coalesce(abs(%s) > %s, false)".formatted(column.name, MOST))
                                .collect(Collectors.joining(" OR ")),
                        union(Table.POD_USAGE, wanted));
    }

    String storage() throws IOException {
        return """
                CREATE OR REPLACE VIEW claims AS
                SELECT *, (us - ((us %% %1$s) + %1$s) %% %1$s) // %1$s AS day,
                coalesce(abs(v0) > 1e18, false) OR coalesce(abs(v1) > 1e18, false)
                OR coalesce(abs(v2) > 1e18, false) OR coalesce(abs(v3) > 1e18, false) AS anomalous
                FROM (%2$s)
                """.formatted(
                        MICROS_OF_DAY,
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
                CREATE OR REPLACE TEMP TABLE %2$s AS
                SELECT day, object, raw, max(us) AS us, count(*) AS n
                FROM (SELECT *, (us - ((us %% %1$s) + %1$s) %% %1$s) // %1$s AS day FROM (%3$s))
                WHERE %4$s AND object IS NOT NULL %5$s
                GROUP BY day, object, raw
                """.formatted(
                        MICROS_OF_DAY, view, files, inPeriod(), table == Table.NODE_LABELS ? "AND object <> ''" : "");
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

    String inPeriod() {
        var period = workload.period();
        return period == null ? "true" : "day BETWEEN %d AND %d".formatted(period.firstDay(), period.lastDay());
    }

    /// Files of one schema are read by one function call; those of another by another.
    private String union(Table table, List<Wanted> wanted) throws IOException {
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
                        .add(quote(local.path().toAbsolutePath().toString()));
            }
        }
        return bySelect.entrySet().stream()
                .map(entry -> "SELECT %s FROM read_parquet([%s], hive_partitioning = false)"
                        .formatted(entry.getKey(), String.join(", ", entry.getValue())))
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
            default -> "epoch_us(%s)".formatted(column);
        };
    }

    private static String number(String column, ColumnFacts facts) {
        var isFloating =
                facts.physical() == ColumnFacts.Physical.DOUBLE || facts.physical() == ColumnFacts.Physical.FLOAT;
        var logical = facts.logical();
        var value = facts.physical() == ColumnFacts.Physical.BYTE_ARRAY
                        && (logical == null || !logical.startsWith("DECIMAL"))
                ? "nullif(trim(%s), '')::DOUBLE".formatted(column)
                : column + "::DOUBLE";
        return isFloating ? "CASE WHEN isnan(%1$s) THEN NULL ELSE %1$s END".formatted(value) : value;
    }

    /// Whether any file of the wanted tables has times as text.
    boolean hasTextTimes() throws IOException {
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
                    files.add("SELECT DISTINCT interval_start::VARCHAR AS raw FROM read_parquet(%s)"
                            .formatted(quote(local.path().toAbsolutePath().toString())));
                }
            }
        }
        return "SELECT DISTINCT raw FROM (%s)".formatted(String.join(" UNION ALL ", files));
    }

    /// Sum of a metric: of q, or of doubles.
    String sum(String column, int bits) {
        return isExact ? "sum(%s)".formatted(q(column, bits)) : "sum(%s)".formatted(column);
    }

    static String q(String column, int bits) {
        return "CAST(round_even(%s * %d, 0) AS HUGEINT)".formatted(column, 1L << bits);
    }

    private static int bits(int metric) {
        return metric < 4 ? FixedPoint.CPU_BITS : FixedPoint.MEMORY_BITS;
    }

    /// Groups by `labels`, an expression over pods.
    String groups(String labels, String from) {
        var sums = IntStream.range(0, Metric.COUNT)
                .mapToObj(m -> sum("m" + m, bits(m)) + " AS s" + m)
                .collect(Collectors.joining(", "));
        return """
                CREATE OR REPLACE TEMP TABLE grouped AS
                SELECT day, namespace, node, %s AS labels, %s,
                    max(c0) AS c0, max(c1) AS c1, max(c2) AS c2, max(c3) AS c3,
                    max(resource_id) AS resource_id, count(*) AS n
                FROM %s
                WHERE %s AND NOT anomalous AND node IS NOT NULL
                GROUP BY day, namespace, node, labels
                """.formatted(labels, sums, from, inPeriod());
    }

    /// Greatest capacity seconds by hour and node, and what is counted of rows.
    String hours() {
        return """
                CREATE OR REPLACE TEMP TABLE hours AS
                SELECT us, day, node, max(c1) FILTER (NOT anomalous) AS cores, max(c3) FILTER (NOT anomalous) AS bytes,
                    count(*) FILTER (NOT anomalous) AS n, count(*) FILTER (anomalous) AS anomalous
                FROM pods
                WHERE %s
                GROUP BY us, day, node
                """.formatted(inPeriod());
    }

    /// Capacity of each node and day; the node '' stands for rows without one.
    static String nodeDays() {
        return """
                CREATE OR REPLACE TEMP TABLE node_days AS
                SELECT day, coalesce(node, '') AS node, sum(%s) AS cores, sum(%s) AS bytes, count(*) AS hours
                FROM hours
                WHERE n > 0
                GROUP BY day, node
                """.formatted(q("cores", FixedPoint.CPU_BITS), q("bytes", FixedPoint.MEMORY_BITS));
    }

    static String clusterDays() {
        return """
                CREATE OR REPLACE TEMP TABLE cluster_days AS
                SELECT day, sum(cores) AS cores, sum(bytes) AS bytes
                FROM node_days
                GROUP BY day
                """;
    }

    /// The labels of each day and object: those of the latest row, on a tie the greater text.
    String latest(String rows, String table) {
        return """
                CREATE OR REPLACE TEMP TABLE %2$s AS
                SELECT day, object, arg_max(vals, (us, canonical)) AS vals, count(DISTINCT canonical) AS variants
                FROM (
                    SELECT r.day, r.object, r.us, t.vals, %3$s AS canonical
                    FROM %1$s r
                    LEFT JOIN texts t ON t.raw = r.raw
                )
                GROUP BY day, object
                """.formatted(rows, table, canonical(List.of("t.vals")));
    }

    /// Canonical text of lists of values, the first of which wins.
    String canonical(List<String> lists) {
        var keys = IntStream.range(0, enabled.size())
                .mapToObj(k -> {
                    var key = quote(new String(enabled.quoted(k), StandardCharsets.UTF_8));
                    var values = lists.stream()
                            .map(list -> "%s[%d]".formatted(list, k + 1))
                            .collect(Collectors.joining(", "));
                    return lists.size() == 1 ? key + " || " + values : "%s || coalesce(%s)".formatted(key, values);
                })
                .collect(Collectors.joining(", "));
        return "'{' || concat_ws(',', %s) || '}'".formatted(keys);
    }

    /// Pod rows: groups by merged labels, with capacities.
    String podRows(boolean labelsAreMerged) {
        var sums = IntStream.range(0, Metric.COUNT)
                .mapToObj(m -> "sum(g.s%1$d) AS s%1$d".formatted(m))
                .collect(Collectors.joining(", "));
        var labels = labelsAreMerged ? "g.labels" : canonical(List.of("t.vals", "s.vals", "d.vals"));
        var joins = labelsAreMerged ? "" : """
                LEFT JOIN texts t ON t.raw = g.labels
                LEFT JOIN namespace_latest s ON s.day = g.day AND s.object = g.namespace
                LEFT JOIN node_latest d ON d.day = g.day AND d.object = g.node
                """;
        return """
                CREATE OR REPLACE TEMP TABLE pod_rows AS
                SELECT g.day, g.namespace, g.node, %1$s AS merged, %2$s,
                    max(g.c0) AS c0, max(g.c1) AS c1, max(g.c2) AS c2, max(g.c3) AS c3,
                    max(g.resource_id) AS resource_id
                FROM grouped g
                %3$s
                GROUP BY g.day, g.namespace, g.node, merged
                """.formatted(labels, sums, joins);
    }

    static String selectPodRows() {
        return """
                SELECT p.day, p.namespace, p.node, p.resource_id, p.merged, s0, s1, s2, s3, s4, s5, s6, s7,
                    c0, c1, c2, c3, n.cores, n.bytes, k.cores, k.bytes
                FROM pod_rows p
                LEFT JOIN node_days n ON n.day = p.day AND n.node = p.node
                LEFT JOIN cluster_days k ON k.day = p.day
                """;
    }

    static String selectUnallocatedRows() {
        var nobody = UnallocatedRows.NOBODY.stream().map(DuckSql::quote).collect(Collectors.joining(", "));
        return """
                SELECT u.day,
                    CASE WHEN r.role IN ('master', 'infra') THEN 'Platform unallocated'
                        WHEN r.role = 'worker' THEN 'Worker unallocated' END,
                    u.node, u.resource_id, '{}',
                    n.cores - s0, n.cores - s1, n.cores - s2, NULL, n.bytes - s4, n.bytes - s5, n.bytes - s6, NULL,
                    c0, c1, c2, c3, n.cores, n.bytes, k.cores, k.bytes
                FROM (
                    SELECT day, node, max(resource_id) AS resource_id, sum(s0) AS s0, sum(s1) AS s1, sum(s2) AS s2,
                        sum(s4) AS s4, sum(s5) AS s5, sum(s6) AS s6,
                        max(c0) AS c0, max(c1) AS c1, max(c2) AS c2, max(c3) AS c3
                    FROM pod_rows
                    WHERE namespace IS NULL OR namespace NOT IN (%s)
                    GROUP BY day, node
                ) u
                LEFT JOIN roles r ON r.node = u.node
                LEFT JOIN node_days n ON n.day = u.day AND n.node = u.node
                LEFT JOIN cluster_days k ON k.day = u.day
                """.formatted(nobody);
    }

    /// As above where sums are doubles: capacities are brought to their unit first.
    static String selectUnallocatedRowsOfDoubles() {
        return selectUnallocatedRows()
                .replace("n.cores - s", "n.cores / %d.0 - s".formatted(1L << FixedPoint.CPU_BITS))
                .replace("n.bytes - s", "n.bytes / %d.0 - s".formatted(1L << FixedPoint.MEMORY_BITS));
    }

    /// Distinct places of pods.
    String places() {
        return """
                CREATE OR REPLACE TEMP TABLE places AS
                SELECT DISTINCT day, pod, namespace, node, resource_id
                FROM pods
                WHERE %s AND NOT anomalous AND node IS NOT NULL AND pod IS NOT NULL AND namespace IS NOT NULL
                """.formatted(inPeriod());
    }

    String claimGroups() {
        return """
                CREATE OR REPLACE TEMP TABLE claim_groups AS
                SELECT day, namespace, pod, pvc, pv, class, handle, pvraw, pvcraw, max(v0) AS v0,
                    sum(%s) AS v1, sum(%s) AS v2, sum(%s) AS v3, count(*) AS n
                FROM claims
                WHERE %s AND NOT anomalous
                GROUP BY day, namespace, pod, pvc, pv, class, handle, pvraw, pvcraw
                """.formatted(
                        q("v1", FixedPoint.MEMORY_BITS),
                        q("v2", FixedPoint.MEMORY_BITS),
                        q("v3", FixedPoint.MEMORY_BITS),
                        inPeriod());
    }

    String selectStorageRows() {
        return """
                WITH joined AS (
                    SELECT c.*, p.node, p.resource_id
                    FROM claim_groups c
                    LEFT JOIN places p ON p.day = c.day AND p.pod = c.pod AND p.namespace = c.namespace
                ), counts AS (
                    SELECT day, pv, greatest(1, count(DISTINCT node)) AS nodes
                    FROM joined
                    GROUP BY day, pv
                )
                SELECT j.day, j.namespace, j.node, j.resource_id, j.pvc, j.pv, j.class, j.handle, %s AS merged,
                    max(j.v0), sum(j.v1), sum(j.v2), sum(j.v3), any_value(n.nodes)
                FROM joined j
                JOIN counts n ON n.day = j.day AND n.pv IS NOT DISTINCT FROM j.pv
                LEFT JOIN texts tc ON tc.raw = j.pvcraw
                LEFT JOIN texts tv ON tv.raw = j.pvraw
                LEFT JOIN namespace_latest s ON s.day = j.day AND s.object = j.namespace
                LEFT JOIN node_latest d ON d.day = j.day AND d.object = j.node
                GROUP BY j.day, j.namespace, j.node, j.resource_id, j.pvc, j.pv, j.class, j.handle, merged
                """.formatted(canonical(List.of("tc.vals", "tv.vals", "s.vals", "d.vals")));
    }
}
