package dyno.result;

import static java.time.ZoneOffset.UTC;

import dyno.measurement.Plan.Mode;
import dyno.web.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/// Sees to it that each measured run is held against the thresholds, and once, though nodes die.
///
/// A run is written down in the transaction that stores it and crossed out in the one that holds it
/// against the thresholds, with the rerun or the alerts that come of it. That is after the run's commit,
/// so that nothing that is found can undo a result. What a node did not come to is found by
/// [#watchLeftOver]. Safe for any number of threads and nodes.
@Component
class UnwatchedRuns {

    private static final Logger LOG = LoggerFactory.getLogger(UnwatchedRuns.class);

    /// Until then whoever stored a run is at it.
    private static final Duration OWN_TIME = Duration.ofMinutes(1);

    private static final int MOST_AT_ONCE = 100;

    private final JdbcClient jdbc;
    private final ResultStore runs;
    private final RegressionWatch regressions;
    private final InstantSource clock;
    private final TransactionTemplate transaction;

    UnwatchedRuns(
            JdbcClient jdbc,
            ResultStore runs,
            RegressionWatch regressions,
            InstantSource clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.regressions = regressions;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        // The transaction that stored the run is over, though its connection is still bound to the thread.
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /// Within the transaction that stores the run.
    @Order(1)
    @EventListener
    void remember(RunStored event) {
        if (isWatched(event.run())) {
            jdbc.sql("""
                    INSERT INTO unwatched_run (run_id, stored_at)
                    VALUES (:run, :at)
                    ON CONFLICT (run_id) DO NOTHING
                    """)
                    .param("run", event.run().id())
                    .param("at", clock.instant().atOffset(UTC))
                    .update();
        }
    }

    @Order(2)
    @TransactionalEventListener(fallbackExecution = true)
    void on(RunStored event) {
        if (isWatched(event.run())) {
            watch(event.run());
        }
    }

    /// Smoke runs belong to no history.
    private static boolean isWatched(Run run) {
        return run.mode() == Mode.MEASURE;
    }

    /// Holds against the thresholds what has waited for longer than a minute, oldest first.
    void watchLeftOver() {
        for (var id : leftOver()) {
            // A run may have been deleted meanwhile.
            runs.find(id, false).ifPresentOrElse(this::watch, () -> crossOut(id));
        }
    }

    private List<UUID> leftOver() {
        return jdbc.sql("""
                SELECT run_id
                FROM unwatched_run
                WHERE stored_at < :before
                ORDER BY stored_at
                LIMIT :most
                """)
                .param("before", clock.instant().minus(OWN_TIME).atOffset(UTC))
                .param("most", MOST_AT_ONCE)
                .query((row, number) -> row.getObject("run_id", UUID.class))
                .list();
    }

    private void watch(Run run) {
        try {
            transaction.executeWithoutResult(status -> {
                if (crossOut(run.id())) {
                    regressions.watch(run);
                }
            });
        } catch (ProblemException e) {
            LOG.info("run {} is held against the thresholds later: {}", run.id(), e.getMessage());
        } catch (RuntimeException e) {
            // The run is stored, and stays written down: the next look tries again.
            LOG.warn("run {} could not be held against the thresholds", run.id(), e);
        }
    }

    /// @return false where somebody else has been at it
    private boolean crossOut(UUID run) {
        return jdbc.sql("DELETE FROM unwatched_run WHERE run_id = :run")
                        .param("run", run)
                        .update()
                > 0;
    }
}
