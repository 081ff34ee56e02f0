package dyno.engine.grouping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the lists as objects, one per measurement, as programs over JDBC do.
final class ObjectResult implements SqlGrouping.SqlResult {

    private static final int ROWS_BETWEEN_CHECKS = 256;

    /// A measurement as an object.
    private record Measurement(
            long micros,
            @Nullable String destination,
            @Nullable Long version,
            @Nullable Double rtt) {}

    private record Probe(String address, List<Measurement> measurements) {}

    @Override
    public void read(ResultSet result, RowStore store, Runnable check) throws SQLException {
        var probes = new ArrayList<Probe>();
        while (result.next()) {
            if (probes.size() % ROWS_BETWEEN_CHECKS == 0) {
                check.run();
            }
            var array = (Object[]) result.getArray(2).getArray();
            var measurements = new ArrayList<Measurement>(array.length);
            for (var element : array) {
                var fields = ((Struct) element).getAttributes();
                measurements.add(
                        new Measurement((Long) fields[0], (String) fields[1], (Long) fields[2], (Double) fields[3]));
            }
            probes.add(new Probe(result.getString(1), measurements));
        }
        for (var probe : probes) {
            byte[] address = probe.address.getBytes(UTF_8);
            store.beginProbe(address, 0, address.length);
            for (var measurement : probe.measurements) {
                add(measurement, store);
            }
        }
    }

    private static void add(Measurement measurement, RowStore store) {
        store.beginRow(measurement.micros);
        if (measurement.destination != null) {
            byte[] text = measurement.destination.getBytes(UTF_8);
            store.destination(text, 0, text.length);
        }
        if (measurement.version != null) {
            store.version(SqlRows.version(measurement.version));
        }
        if (measurement.rtt != null) {
            store.rtt(measurement.rtt.floatValue());
        }
        store.endRow();
    }
}
