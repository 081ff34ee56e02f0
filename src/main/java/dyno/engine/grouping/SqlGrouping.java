package dyno.engine.grouping;

import dyno.engine.grouping.GroupingWorkload.SqlTransport;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Strategy SQL_GROUP_BY: one statement makes a list of rows per address; the workers encode what comes back.
final class SqlGrouping implements Grouping {

    private final DuckSession duck;
    private final SqlResult transport;

    /// How a result becomes rows.
    @FunctionalInterface
    interface SqlResult {
        void read(ResultSet result, RowStore store, Runnable check) throws SQLException, IOException;
    }

    SqlGrouping(DuckSession duck, SqlTransport transport) {
        this.duck = duck;
        this.transport = switch (transport) {
            case ARROW -> new ArrowResult();
            case JDBC -> new ObjectResult();
        };
    }

    @Override
    public OutputTotals group(Invocation run) throws IOException, InterruptedException {
        long start = run.clock.getAsLong();
        var schema = SqlRows.schema(run);
        try (var output = new RecordOutput(run)) {
            var store = new RowStore();
            query(run, schema, store);
            run.queries = 1;
            var grouped = store.grouped();
            run.dropped = SqlRows.dropped(run, duck, grouped.rows());
            run.groupNanos += run.clock.getAsLong() - start;
            output.write(grouped, SplitRule.of(run.workload, grouped.probes()));
            return output.finish();
        }
    }

    private void query(Invocation run, MeasurementSchema schema, RowStore store)
            throws IOException, InterruptedException {
        var sql = """
                SELECT src_addr,
                       list(struct_pack(t := micros, d := dst_addr, v := ip_version, r := rtt)
                            ORDER BY micros, file_index, file_row_number)
                  FROM (SELECT src_addr, dst_addr, ip_version::BIGINT AS ip_version, %s::DOUBLE AS rtt,
                               %s AS micros, file_index, file_row_number
                          FROM %s
                         WHERE src_addr IS NOT NULL AND event_time IS NOT NULL)
                 GROUP BY src_addr
                 ORDER BY src_addr
                """.formatted(schema.rtt(), DuckSession.micros(schema), DuckSession.table(run.input));
        duck.query(sql, result -> {
            transport.read(result, store, run.stage::check);
            return store;
        });
    }
}
