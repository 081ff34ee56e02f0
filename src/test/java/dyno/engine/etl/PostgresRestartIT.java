package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.embedded.EmbeddedPostgres;
import dyno.support.TestDatabase.Address;
import dyno.support.TestFolders;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/// A server of the test's own that crashes in the middle of a run, recovers and goes on.
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class PostgresRestartIT {

    /// Few, so that the run outlasts them and the server is well again when its tables are read back.
    private static final int CRASHES = 2;

    @Test
    void loadsEveryRecordOnceAcrossCrashesOfTheServer() throws Exception {
        try (var postgres = EmbeddedPostgres.start(TestFolders.fresh("crashing"), TestFolders.programs())) {
            var database = new SinkDatabase(new Address(postgres.jdbcUrl(), postgres.user(), postgres.password()));
            var workload = Workloads.of(
                    "profile",
                    "DATABASE",
                    "records",
                    400_000,
                    "batchSize",
                    200,
                    "maxAttempts",
                    100,
                    "backoffMillis",
                    50,
                    "backoffMaxMillis",
                    200);
            try (var trial = new EtlEngine().prepare(workload, database.context())) {
                var isRunning = new AtomicBoolean(true);
                var crasher = Thread.ofVirtual().start(() -> crash(database, isRunning));
                trial.invoke();
                isRunning.set(false);
                crasher.join();

                var verification = trial.verify();
                assertThat(verification.differences()).isEmpty();
                assertThat((Long) trial.report().metrics().get("retries")).isPositive();
            }
            assertThat(database.schemas()).isEmpty();
        }
    }

    /// Kills one of the workers' backends: the server then ends all others, recovers and takes connections again.
    private static void crash(SinkDatabase database, AtomicBoolean isRunning) {
        int crashes = 0;
        while (crashes < CRASHES && isRunning.get()) {
            try {
                var pids = database.ask("""
                        SELECT pid
                        FROM pg_stat_activity
                        WHERE application_name = '%s' AND query LIKE 'COPY%%'
                        """.formatted(database.schema()));
                if (!pids.isEmpty()) {
                    ProcessHandle.of(Long.parseLong(pids.getFirst())).ifPresent(ProcessHandle::destroyForcibly);
                    crashes++;
                }
            } catch (IllegalStateException e) {
                // The server is recovering.
            }
        }
    }
}
