package dyno.engine.aggregation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// SQL for DuckDB over the tables of [DuckViews], made for one workload. What is put together here are
/// names, numbers and quoted literals of our own.
///
/// Labels come as lists aligned with the sorted enabled keys: element k is the value of key k as it stands in canonical
/// text, null where it is absent. So merging is COALESCE by element, and canonical text a CONCAT_WS.
final class DuckSql {

    private final AggregationWorkload workload;
    private final EnabledKeys enabled;
    private final boolean isExact;

    DuckSql(AggregationWorkload workload) {
        this.workload = workload;
        this.enabled = new EnabledKeys(workload.enabledKeys());
        this.isExact = workload.sums() == Sums.EXACT;
    }

    EnabledKeys enabled() {
        return enabled;
    }

    static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    String inPeriod() {
        return inPeriod(workload);
    }

    /// Days since 1970 of microseconds `us`: the quotient rounded down.
    static String day() {
        return "(us // 86400000000) - CAST((us % 86400000000) < 0 AS BIGINT) AS day";
    }

    static String inPeriod(AggregationWorkload workload) {
        var period = workload.period();
        return period == null ? "true" : "day BETWEEN %d AND %d".formatted(period.firstDay(), period.lastDay());
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

    /// The labels of each day and object: those of the latest row, on a tie the greater text. A row without labels
    /// counts: `arg_max` would pass it over.
    String latest(String rows, String table) {
        return """
                CREATE OR REPLACE TEMP TABLE %2$s AS
                SELECT day, object, arg_max_null(vals, (us, canonical)) AS vals, count(DISTINCT canonical) AS variants
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

    /// The same without capacities over days, which whoever reads the rows looks up in [DuckCapacities].
    static String selectPodSums() {
        return """
                SELECT day, namespace, node, resource_id, merged, s0, s1, s2, s3, s4, s5, s6, s7, c0, c1, c2, c3
                FROM pod_rows
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
