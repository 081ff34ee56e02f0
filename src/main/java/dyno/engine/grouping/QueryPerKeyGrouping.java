package dyno.engine.grouping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Strategy QUERY_PER_KEY: the addresses are listed, then each one is asked for by a query of its own.
final class QueryPerKeyGrouping implements Grouping {

    /// Rows that are collected before they are written.
    private static final int MOST_ROWS = 1 << 15;

    private final DuckSession duck;

    QueryPerKeyGrouping(DuckSession duck) {
        this.duck = duck;
    }

    @Override
    public OutputTotals group(Invocation run) throws IOException, InterruptedException {
        long start = run.clock.getAsLong();
        var schema = SqlRows.schema(run);
        try (var output = new RecordOutput(run)) {
            var keys = keys(run);
            run.listingNanos = run.clock.getAsLong() - start;
            run.listedProbes = keys.size();
            var rule = SplitRule.of(run.workload, keys.size());
            long written = write(run, schema, keys, rule, output);
            run.groupNanos += run.clock.getAsLong() - start - written;
            var totals = output.finish();
            if (run.workload.sampleKeys() == null) {
                long counting = run.clock.getAsLong();
                run.dropped = SqlRows.dropped(run, duck, totals.rows());
                run.groupNanos += run.clock.getAsLong() - counting;
            }
            return totals;
        }
    }

    private List<String> keys(Invocation run) throws IOException, InterruptedException {
        var sql = """
                SELECT DISTINCT src_addr
                  FROM %s
                 WHERE src_addr IS NOT NULL AND event_time IS NOT NULL
                 ORDER BY src_addr
                """.formatted(DuckSession.table(run.input));
        return duck.query(sql, result -> {
            var keys = new ArrayList<String>();
            while (result.next()) {
                keys.add(result.getString(1));
            }
            return keys;
        });
    }

    /// @return nanoseconds that went into encoding and writing
    private long write(Invocation run, MeasurementSchema schema, List<String> keys, SplitRule rule, RecordOutput output)
            throws IOException, InterruptedException {
        var sql = """
                SELECT %s AS micros, dst_addr, ip_version, %s::DOUBLE AS rtt
                  FROM %s
                 WHERE src_addr = ? AND event_time IS NOT NULL
                 ORDER BY micros, file_index, file_row_number
                """.formatted(DuckSession.micros(schema), schema.rtt(), DuckSession.table(run.input));
        var sample = run.workload.sampleKeys();
        int count = sample == null ? keys.size() : Math.min(sample, keys.size());
        var store = new RowStore();
        long written = 0;
        try (var query = duck.connection().prepareStatement(sql)) {
            for (int i = 0; i < count; i++) {
                run.stage.check();
                var key = keys.get((int) ((long) i * keys.size() / count)); // below the number of keys
                long start = run.clock.getAsLong();
                query.setString(1, key);
                byte[] address = key.getBytes(UTF_8);
                store.beginProbe(address, 0, address.length);
                duck.watched(query, () -> {
                    try (var result = query.executeQuery()) {
                        while (result.next()) {
                            add(result, store);
                        }
                    }
                    return true;
                });
                long end = run.clock.getAsLong();
                run.queryNanos += end - start;
                run.queries++;
                if (store.rows() >= MOST_ROWS || i == count - 1) {
                    output.write(store.grouped(), rule);
                    store.clear();
                    written += run.clock.getAsLong() - end;
                }
            }
        } catch (SQLException e) {
            throw DuckSession.failure(e);
        }
        return written;
    }

    private static void add(ResultSet result, RowStore store) throws SQLException {
        store.beginRow(result.getLong(1));
        var destination = result.getString(2);
        if (destination != null) {
            byte[] text = destination.getBytes(UTF_8);
            store.destination(text, 0, text.length);
        }
        long version = result.getLong(3);
        if (!result.wasNull()) {
            store.version(SqlRows.version(version));
        }
        double rtt = result.getDouble(4);
        if (!result.wasNull()) {
            store.rtt((float) rtt);
        }
        store.endRow();
    }
}
