package dyno.engine.grouping;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.io.IOException;

/// What the SQL strategies share about rows. Stateless.
final class SqlRows {

    private SqlRows() {}

    /// Opens the input, as every strategy does within the timed region, and notes its rows. From here on reading cannot
    /// be told from grouping.
    ///
    /// @return what the columns are, which is the same in all files
    static MeasurementSchema schema(Invocation run) throws IOException {
        run.readNanos = null;
        try (var files = InputFiles.open(run.input.paths())) {
            run.inputRows = files.rows();
            return files.schema(0);
        }
    }

    /// @throws EngineException where it does not fit into a byte
    static byte version(long version) {
        if (version != (byte) version) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT,
                    "column %s: %d is not within -128 to 127".formatted(MeasurementSchema.VERSION, version));
        }
        return (byte) version;
    }

    /// Which rows became part of no record: asked for only where there are any.
    ///
    /// @param grouped rows that did
    static Dropped dropped(Invocation run, DuckSession duck, long grouped) throws IOException, InterruptedException {
        if (grouped == run.inputRows) {
            return Dropped.NONE;
        }
        var sql = """
                SELECT count(*) FILTER (WHERE src_addr IS NULL),
                       count(*) FILTER (WHERE src_addr IS NOT NULL AND event_time IS NULL)
                  FROM %s
                """.formatted(DuckSession.table(run.input));
        return duck.query(sql, result -> {
            result.next();
            return new Dropped(result.getLong(1), result.getLong(2));
        });
    }
}
