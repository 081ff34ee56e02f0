package dyno.engine.etl;

import dyno.engine.Databases;
import dyno.engine.Databases.Account;
import dyno.engine.TrialContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where sink POSTGRES loads into.
///
/// @param session shows in `pg_stat_activity`, so that sessions of a killed fork are found
/// @param schema  made where it is missing
/// @param keeper  the job whose load is kept; null for a scratch schema, which is dropped
record PgPlace(
        Account account,
        String session,
        String schema,
        @Nullable UUID keeper) {

    /// What a workload's `target` is called where it means the service's own database.
    private static final String SERVICE = "service";

    private static final String KEPT_PREFIX = "etl_";

    /// Reading back the largest table takes minutes; a server that is frozen, or a lock of others, takes for ever.
    private static final int PATIENT_MILLIS = 900_000;

    static PgPlace of(EtlWorkload workload, TrialContext context) {
        var scratch = Databases.scratchSchema("etl", context.job(), context.attempt(), context.fork());
        var account = Databases.account(context.secrets(), database(workload));
        return workload.target() == null
                ? new PgPlace(account, scratch, scratch, null)
                : new PgPlace(account, scratch, KEPT_PREFIX + workload.targetSchema(), context.job());
    }

    /// The name, for [dyno.engine.Engine#databases], of the database that sink POSTGRES of a workload needs.
    static String database(EtlWorkload workload) {
        var target = workload.target();
        return target == null || target.equals(SERVICE) ? Databases.SERVICE : Databases.TARGET_PREFIX + target;
    }

    boolean isKept() {
        return keeper != null;
    }

    /// Of a session that loads.
    ///
    /// @param timeoutMillis of a statement
    PgSession.Settings settings(int timeoutMillis) {
        return new PgSession.Settings(account, session, schema, timeoutMillis);
    }

    /// Of a session that makes tables, empties them or reads them back.
    PgSession.Settings patientSettings() {
        return settings(PATIENT_MILLIS);
    }
}
