package dyno.engine.aggregation;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The steps that lead from files to DuckDB's tables of rows, for the strategy and for the reference alike. Used by one
/// thread at a time.
final class DuckPipeline {

    private final AggregationWorkload workload;
    private final Duck duck;
    private final DuckSql sql;
    private final DuckViews views;
    private final DuckLabels labels;

    DuckPipeline(AggregationWorkload workload, InputTables tables, Duck duck, DuckSql sql) {
        this.workload = workload;
        this.duck = duck;
        this.sql = sql;
        this.views = new DuckViews(workload, tables);
        this.labels = new DuckLabels(duck, sql.enabled());
    }

    /// Makes everything that the selects of [DuckSql] read.
    ///
    /// @param allByReader whether `reader` reads all texts, or only those that DuckDB's functions cannot
    /// @param perRow      whether labels are parsed and merged for every row
    /// @param stopwatch   of the phases
    /// @return distinct label texts
    long run(boolean allByReader, DuckLabels.Reader reader, boolean perRow, Stopwatch stopwatch) throws IOException {
        long start = stopwatch.now();
        times();
        boolean withAnomalies = allByReader || duck.number(views.footersExcludeAnomalies()) == 0;
        duck.execute(views.pods(withAnomalies));
        duck.execute(views.objectLabels(Table.NODE_LABELS, "node_rows", "node", "node_labels"));
        duck.execute(views.objectLabels(Table.NAMESPACE_LABELS, "namespace_rows", "namespace", "namespace_labels"));
        duck.execute(sql.hours());
        start = stopwatch.add(Stopwatch.Part.READ, start);
        if (!perRow) {
            duck.execute(sql.groups("raw", "pods"));
            start = stopwatch.add(Stopwatch.Part.AGGREGATE, start);
        }
        var raws = new ArrayList<>(List.of("SELECT raw FROM node_rows", "SELECT raw FROM namespace_rows"));
        raws.add(perRow ? "SELECT raw FROM pods" : "SELECT labels AS raw FROM grouped");
        if (workload.makes(Output.STORAGE)) {
            duck.execute(views.storage());
            duck.execute(sql.claimGroups());
            raws.add("SELECT pvraw AS raw FROM claim_groups");
            raws.add("SELECT pvcraw AS raw FROM claim_groups");
        }
        long texts = labels.make(String.join(" UNION ALL ", raws), allByReader, reader);
        duck.execute(sql.latest("node_rows", "node_latest"));
        duck.execute(sql.latest("namespace_rows", "namespace_latest"));
        start = stopwatch.add(Stopwatch.Part.PARSE_LABELS, start);
        if (perRow) {
            duck.execute(sql.groups("merged", perRowSource()));
            start = stopwatch.add(Stopwatch.Part.AGGREGATE, start);
        }
        duck.execute(DuckSql.nodeDays());
        duck.execute(DuckSql.clusterDays());
        duck.execute(sql.podRows(perRow));
        if (workload.makes(Output.UNALLOCATED)) {
            duck.execute(views.roles());
        }
        if (workload.makes(Output.STORAGE)) {
            duck.execute(sql.places());
        }
        stopwatch.add(Stopwatch.Part.MERGE, start);
        return texts;
    }

    private String perRowSource() {
        return """
                (
                    SELECT p.*, %s AS merged
                    FROM (
                        SELECT q.*, coalesce(o.vals, %s) AS vals
                        FROM pods q
                        LEFT JOIN (
                            SELECT raw, list_transform(string_split(joined, chr(31)), lambda x: nullif(x, '')) AS vals
                            FROM odd
                        ) o ON o.raw = q.raw
                    ) p
                    LEFT JOIN namespace_latest s ON s.day = p.day AND s.object = p.namespace
                    LEFT JOIN node_latest d ON d.day = p.day AND d.object = p.node
                )
                """.formatted(
                        sql.canonical(List.of("p.vals", "s.vals", "d.vals")),
                        labels.plainValues("CASE WHEN o.raw IS NULL THEN q.raw ELSE '{}' END"));
    }

    /// Texts of times, where there are any: DuckDB knows other forms than the input has.
    private void times() throws IOException {
        duck.execute("CREATE OR REPLACE TEMP TABLE times (raw VARCHAR, us BIGINT)");
        if (!views.hasTextTimes()) {
            return;
        }
        var raws = duck.query(views.textTimes(), rows -> {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        });
        try (var appender = duck.connection().createAppender("temp", "main", "times")) {
            for (var raw : raws) {
                byte[] text = raw.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                var micros = Times.parse(text, 0, text.length);
                if (micros.isPresent()) {
                    appender.beginRow();
                    appender.append(raw);
                    appender.append(micros.getAsLong());
                    appender.endRow();
                }
            }
        } catch (SQLException e) {
            throw duck.failed(e);
        }
    }
}
