package dyno.job;

import dyno.result.RunRetention;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Removes runs that have been deleted for long enough, and what their jobs left in the queue's tables.
/// Jobs stay, with their end; files go by [NodeFiles] afterwards, on whichever node has them, since a
/// rollback must not find them gone. Safe for any number of threads and nodes.
final class RunPurge {

    private static final int AT_ONCE = 50;

    private static final Logger LOG = LoggerFactory.getLogger(RunPurge.class);

    private final RunRetention retention;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    RunPurge(RunRetention retention, JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.retention = retention;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// @return whether there may be more
    boolean someRuns() {
        var purged = Objects.requireNonNull(transaction.execute(status -> {
            var gone = retention.purgeSomeRuns(AT_ONCE);
            forgetEvents(gone.jobs().stream().map(UUID::toString).toArray(String[]::new));
            return gone;
        }));
        if (purged.runs() > 0) {
            LOG.info("{} deleted runs are purged", purged.runs());
        }
        return purged.runs() == AT_ONCE;
    }

    /// All but the last, which says how the job ended.
    private void forgetEvents(String[] jobs) {
        jdbc.sql("""
                        DELETE FROM job_event
                        USING job
                        WHERE job.id = job_event.job_id
                            AND job.id = ANY (CAST(:jobs AS uuid[]))
                            AND job_event.id < job.last_event
                        """).param("jobs", jobs).update();
    }
}
