package dyno.engine.etl;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which batches were loaded: one row each, written in the transaction that loads it.
///
/// The row comes first in its transaction. Where an earlier attempt, cut off at its commit, is still under way at the
/// server, the next one waits for its end here, and then knows.
///
/// A kept load's ledger outlives its job's node: its rows carry the job. `added` counts rows that the first table did
/// not have before.
///
/// Bound to one session.
final class PgLedger implements AutoCloseable {

    private static final String SCRATCH_DEFINITION =
            "pipeline integer, batch bigint, records integer, PRIMARY KEY (pipeline, batch)";

    private static final String KEPT_DEFINITION = "job uuid, pipeline integer, batch bigint, records integer,"
            + " added integer, PRIMARY KEY (job, pipeline, batch)";

    private final @Nullable UUID keeper;
    private final PreparedStatement claim;
    private final PreparedStatement parts;
    private final PreparedStatement correct;

    PgLedger(PgSession session, @Nullable UUID keeper) throws SQLException {
        var connection = session.jdbc();
        this.keeper = keeper;
        this.claim = connection.prepareStatement(keeper == null ? """
                        INSERT INTO etl_batch (pipeline, batch, records)
                        VALUES (?, ?, ?)
                        ON CONFLICT DO NOTHING
                        """ : """
                        INSERT INTO etl_batch (pipeline, batch, records, added, job)
                        VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT DO NOTHING
                        """);
        // The driver prepares nothing before a statement runs, and these run for kept loads only.
        this.parts = connection.prepareStatement("""
                SELECT batch
                FROM etl_batch
                WHERE pipeline = ?
                AND batch BETWEEN ? AND ?
                AND job = ?
                """);
        this.correct = connection.prepareStatement("""
                UPDATE etl_batch
                SET added = ?
                WHERE pipeline = ?
                AND batch = ?
                AND job = ?
                """);
    }

    static String definition(boolean isKept) {
        return isKept ? KEPT_DEFINITION : SCRATCH_DEFINITION;
    }

    /// Enters a load.
    ///
    /// @return false where it is in already: nothing is left to do
    boolean claim(Load load) throws SQLException {
        claim.setInt(1, load.pipeline());
        claim.setLong(2, load.key());
        claim.setInt(3, load.records());
        if (keeper != null) {
            claim.setInt(4, load.records());
            claim.setObject(5, keeper);
        }
        return claim.executeUpdate() == 1;
    }

    /// Whether some, and not all, of a load's records were loaded before a restart, when the batch was taken apart to
    /// find a bad record. Only of kept loads.
    boolean holdsPartsOf(Load load) throws SQLException {
        long number = load.batch().number();
        parts.setInt(1, load.pipeline());
        parts.setLong(2, Load.partKey(number + 1, 0) + 1);
        parts.setLong(3, Load.partKey(number, 0));
        parts.setObject(4, keeper);
        try (var found = parts.executeQuery()) {
            while (found.next()) {
                if (load.contains(found.getLong(1))) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The first table had some of a kept load's rows before.
    void added(Load load, int added) throws SQLException {
        correct.setInt(1, added);
        correct.setInt(2, load.pipeline());
        correct.setLong(3, load.key());
        correct.setObject(4, keeper);
        correct.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        claim.close();
        parts.close();
        correct.close();
    }
}
