package dyno.engine.grouping;

import dyno.engine.parquet.BinaryColumn;
import dyno.engine.parquet.DoubleColumn;
import dyno.engine.parquet.LongColumn;
import dyno.engine.parquet.RowGroupReader;
import java.io.IOException;
import java.util.List;

/// The rows of one row group, a batch of them at a time: what a row of it has, by its index within the batch.
///
/// Used by one thread at a time.
final class PartRows {

    private final RowGroupReader reader;
    private final MeasurementSchema schema;
    private final LongColumn times;
    private final LongColumn versions;
    private final DoubleColumn rtts;
    private final long[] micros;

    final BinaryColumn sources;
    final BinaryColumn destinations;

    /// @param micros room for the times of a batch, [ColumnLoad#MOST_ROWS]; the caller's, so that it outlives a part
    PartRows(InputFiles files, InputFiles.Part part, long[] micros) {
        this.schema = files.schema(part.file());
        this.micros = micros;
        this.reader = files.file(part.file())
                .rowGroup(
                        part.facts().index(),
                        List.of(
                                MeasurementSchema.TIME,
                                MeasurementSchema.SOURCE,
                                MeasurementSchema.DESTINATION,
                                MeasurementSchema.VERSION,
                                schema.rtt()));
        this.times = reader.longs(MeasurementSchema.TIME);
        this.versions = reader.longs(MeasurementSchema.VERSION);
        this.rtts = reader.doubles(schema.rtt());
        this.sources = reader.binaries(MeasurementSchema.SOURCE);
        this.destinations = reader.binaries(MeasurementSchema.DESTINATION);
    }

    /// Moves to the next batch.
    ///
    /// @return its rows, at most [ColumnLoad#MOST_ROWS]; 0 at the end
    /// @throws dyno.engine.EngineException `INVALID_INPUT` where a time is none in microseconds
    int next() throws IOException {
        int rows = reader.next(ColumnLoad.MOST_ROWS);
        if (rows > 0) {
            int wrong = MicroTime.convert(schema.unit(), times.values(), times.from(), rows, micros, 0);
            if (wrong >= 0) {
                throw invalid(
                        wrong - times.from(),
                        MeasurementSchema.TIME,
                        times.values()[wrong],
                        "is no time in microseconds");
            }
        }
        return rows;
    }

    /// @param row within the batch
    RuntimeException invalid(int row, String column, Object value, String what) {
        return InvalidInput.value(reader.file(), reader.row() + row, column, value, what);
    }

    boolean noTime(int row) {
        return times.hasNulls() && times.nulls()[times.from() + row];
    }

    long micros(int row) {
        return micros[row];
    }

    boolean noVersion(int row) {
        return versions.hasNulls() && versions.nulls()[versions.from() + row];
    }

    /// @throws dyno.engine.EngineException `INVALID_INPUT` where it does not fit into a byte
    byte version(int row) {
        long version = versions.values()[versions.from() + row];
        if (version != (byte) version) {
            throw invalid(row, MeasurementSchema.VERSION, version, "is not within -128 to 127");
        }
        return (byte) version;
    }

    boolean noRtt(int row) {
        return rtts.hasNulls() && rtts.nulls()[rtts.from() + row];
    }

    float rtt(int row) {
        return (float) rtts.values()[rtts.from() + row];
    }
}
