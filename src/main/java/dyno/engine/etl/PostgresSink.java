package dyno.engine.etl;

import dyno.engine.Metrics;
import dyno.engine.TrialContext;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tables of PostgreSQL: a scratch schema, dropped in the end, or one that is kept.
///
/// Safe for any number of threads.
final class PostgresSink implements EtlSink {

    private final EtlWorkload workload;
    private final @Nullable Supplier<Source<OriginalUser, ObjectBatch<OriginalUser>>> input;
    private final PgPlace place;
    private final TableRows rows;
    private final PgSchema schema;
    private final String fsync;
    private final String synchronousCommit;

    /// Rows that were committed since [#reset], by table.
    private final long[] committed;

    private PostgresSink(
            EtlWorkload workload,
            @Nullable Supplier<Source<OriginalUser, ObjectBatch<OriginalUser>>> input,
            PgPlace place,
            String fsync,
            String synchronousCommit) {
        this.workload = workload;
        this.input = input;
        this.place = place;
        this.rows = TableRows.of(workload.transform());
        this.schema = new PgSchema(place, rows.tables(), workload.tableKind());
        this.fsync = fsync;
        this.synchronousCommit = synchronousCommit;
        this.committed = new long[rows.tables().size()];
    }

    /// Makes schema and tables.
    ///
    /// @throws EngineException where the server is out of reach or refuses
    static PostgresSink open(EtlWorkload workload, TrialContext context) throws IOException {
        var place = PgPlace.of(workload, context);
        var input = Inputs.open(workload, context);
        try (var session = PgSession.open(place.patientSettings())) {
            var sink = new PostgresSink(
                    workload, input, place, session.ask("SHOW fsync"), session.ask("SHOW synchronous_commit"));
            sink.schema.create(session);
            return sink;
        } catch (SQLException e) {
            throw PgFailure.fatal(e, "PostgreSQL does not take the tables");
        }
    }

    @Override
    public Loader open(int pipeline, int worker) {
        var style = new PgBatches.Style(place, rows, workload.loadMethod(), workload.onConflict());
        var loader = new PostgresLoader(this, place.settings(workload.loadTimeoutMillis()), style);
        try {
            loader.connect();
        } catch (SQLException e) {
            throw PgFailure.fatal(e, "Worker %d of pipeline %d gets no connection".formatted(worker, pipeline));
        }
        return loader;
    }

    synchronized void count(long[] written) {
        for (int table = 0; table < committed.length; table++) {
            committed[table] += written[table];
        }
    }

    private synchronized long[] committed() {
        return committed.clone();
    }

    /// What is kept is not emptied: a kept load is one invocation.
    @Override
    public void reset() {
        if (!place.isKept()) {
            synchronized (this) {
                Arrays.fill(committed, 0);
            }
            try (var session = PgSession.open(place.patientSettings())) {
                schema.truncate(session);
            } catch (SQLException e) {
                throw PgFailure.fatal(e, "The tables could not be emptied");
            }
        }
    }

    @Override
    public @Nullable String disagreement(Expected expected) throws IOException, InterruptedException {
        try (var session = PgSession.open(place.patientSettings())) {
            var check = new PgCheck(session, rows, committed());
            return place.keeper() == null
                    ? check.scratch(expected, workload.input() == null, users(expected))
                    : check.kept(expected, place.keeper());
        } catch (SQLException e) {
            throw PgFailure.fatal(e, "The tables could not be read back");
        }
    }

    private @Nullable ExpectedRows users(Expected expected) throws IOException, InterruptedException, SQLException {
        return workload.transform() == TransformKind.ROWS && expected.records() <= ExpectedRows.MOST_USERS
                ? ExpectedRows.of(workload, input)
                : null;
    }

    @Override
    public void report(Metrics metrics) {
        metrics.put("fsync", fsync);
        metrics.put("synchronousCommit", synchronousCommit);
        long[] there = committed();
        if (there[0] > 0 && metrics.values().get("rowsPerSecond") instanceof Double results) {
            // The pipeline counts results; a user has a row in the first table and many in the others.
            metrics.put("rowsPerSecond", results * Arrays.stream(there).sum() / there[0]);
        }
    }

    @Override
    public void close() throws IOException {
        if (place.isKept()) {
            return;
        }
        try (var session = PgSession.open(place.patientSettings())) {
            schema.drop(session);
        } catch (SQLException e) {
            throw new IOException("The scratch schema %s is left to the service to drop".formatted(place.schema()), e);
        }
    }
}
