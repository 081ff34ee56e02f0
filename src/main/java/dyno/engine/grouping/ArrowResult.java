package dyno.engine.grouping;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;

/// Reads the lists as Arrow columns: no object per measurement. The only class that loads Arrow.
final class ArrowResult implements SqlGrouping.SqlResult {

    /// Probes that DuckDB hands over at once.
    private static final long BATCH_PROBES = 2048;

    private byte[] text = new byte[256];

    @Override
    public void read(ResultSet result, RowStore store, Runnable check) throws SQLException, IOException {
        try (var allocator = new RootAllocator();
                var reader =
                        (ArrowReader) result.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, BATCH_PROBES)) {
            while (reader.loadNextBatch()) {
                check.run();
                var root = reader.getVectorSchemaRoot();
                var addresses = (VarCharVector) root.getVector(0);
                var lists = (ListVector) root.getVector(1);
                add(addresses, lists, root.getRowCount(), store);
            }
        }
    }

    private void add(VarCharVector addresses, ListVector lists, int probes, RowStore store) {
        var rows = (StructVector) lists.getDataVector();
        var times = rows.getChild("t", BigIntVector.class);
        var destinations = rows.getChild("d", VarCharVector.class);
        var versions = rows.getChild("v", BigIntVector.class);
        var rtts = rows.getChild("r", Float8Vector.class);
        for (int probe = 0; probe < probes; probe++) {
            int length = copy(addresses, probe);
            store.beginProbe(text, 0, length);
            int end = lists.getElementEndIndex(probe);
            for (int row = lists.getElementStartIndex(probe); row < end; row++) {
                store.beginRow(times.get(row));
                if (!destinations.isNull(row)) {
                    int bytes = copy(destinations, row);
                    store.destination(text, 0, bytes);
                }
                if (!versions.isNull(row)) {
                    store.version(SqlRows.version(versions.get(row)));
                }
                if (!rtts.isNull(row)) {
                    store.rtt((float) rtts.get(row));
                }
                store.endRow();
            }
        }
    }

    private int copy(VarCharVector vector, int row) {
        int from = vector.getStartOffset(row);
        int length = vector.getEndOffset(row) - from;
        if (text.length < length) {
            text = new byte[2 * length];
        }
        ArrowBuf data = vector.getDataBuffer();
        data.getBytes(from, text, 0, length);
        return length;
    }
}
