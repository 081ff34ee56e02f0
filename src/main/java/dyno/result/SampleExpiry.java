package dyno.result;

import static java.time.ZoneOffset.UTC;

import dyno.measurement.MeasuredFork;
import dyno.measurement.SampleTotals;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Replaces the raw samples of a run by what is kept of them, all in one transaction. Safe for any number
/// of threads and nodes.
final class SampleExpiry {

    private final JdbcClient jdbc;
    private final ResultStore runs;
    private final TransactionTemplate transaction;
    private final StoredJson json = new StoredJson();

    SampleExpiry(JdbcClient jdbc, ResultStore runs, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// @return whether it was this call that did it: not where somebody else did or is at it, nor where the
    ///         run is gone
    boolean expire(UUID run, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> take(run) && replace(run, now)));
    }

    private boolean take(UUID run) {
        return jdbc.sql("""
                SELECT id
                FROM run
                WHERE id = :run
                  AND samples_expired_at IS NULL
                  AND deleted_at IS NULL
                  AND NOT spared
                FOR UPDATE SKIP LOCKED
                """).param("run", run).query(UUID.class).optional().isPresent();
    }

    private boolean replace(UUID id, Instant now) {
        var run = runs.find(id, true).orElseThrow();
        for (int position = 0; position < run.cases().size(); position++) {
            var result = run.cases().get(position);
            var forks = Objects.requireNonNullElse(result.forks(), List.<MeasuredFork>of());
            var score = result.score();
            var totals = SampleTotals.of(
                    score == null ? null : score.unit(),
                    score == null ? null : score.better(),
                    forks.stream().map(MeasuredFork::samples).toList());
            for (int i = 0; i < forks.size(); i++) {
                replace(id, position, forks.get(i).index(), totals.get(i));
            }
        }
        return jdbc.sql("""
                UPDATE run
                SET samples_expired_at = :now
                WHERE id = :run
                """).param("now", now.atOffset(UTC)).param("run", id).update() > 0;
    }

    private void replace(UUID run, int position, int fork, SampleTotals totals) {
        jdbc.sql("""
                UPDATE fork
                SET sample_totals = CAST(:totals AS json),
                    elapsed_nanos = '{}',
                    invocations = '{}',
                    items = '{}',
                    bytes = '{}'
                WHERE run_id = :run
                  AND case_position = :position
                  AND index = :fork
                """)
                .param("totals", json.write(totals))
                .param("run", run)
                .param("position", position)
                .param("fork", fork)
                .update();
    }
}
