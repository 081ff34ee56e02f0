package dyno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.ServiceProcess;
import dyno.support.TestFolders;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/// Nodes that are killed, or told to stop, in the middle of a load.
@Tag("long")
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class KilledLoadIT {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path data = TestFolders.fresh("KilledLoadIT");

    @Test
    void loadsEveryUserOnceAlthoughItsNodeWasKilled() throws Exception {
        String job;
        long transaction;
        try (var service = ServiceProcess.start(data)) {
            put(service, UserLines.of(1, 6_000));
            job = service.submit("""
                    {"engine": "etl",
                     "workload": {"profile": "DATABASE", "input": {"dataset": "many"}, "batchSize": 5, "workers": 1,
                                  "target": "service", "targetSchema": "many"}}
                    """);
            await().atMost(1, TimeUnit.MINUTES)
                    .pollDelay(0, TimeUnit.MILLISECONDS)
                    .pollInterval(20, TimeUnit.MILLISECONDS)
                    .until(() -> batches(service) > 20);
            try (var database = service.database()) {
                transaction = UserLines.number(database, "SELECT pg_current_xact_id()::text::bigint");
            }
            service.kill();
        }
        try (var service = ServiceProcess.start(data);
                var database = service.database()) {
            var finished = service.finished(job);
            assertThat(finished.path("state").asString())
                    .as(finished.toString())
                    .isEqualTo("SUCCEEDED");
            assertThat(finished.path("attempt").asInt()).isEqualTo(2);
            UserLines.assertLoaded(database, "many", 6_000, 6_001, 0);
            assertThat(UserLines.number(database, "SELECT sum(records) FROM etl_many.etl_batch"))
                    .isEqualTo(6_000);
            assertThat(UserLines.number(database, "SELECT count(*) FROM etl_many.etl_batch"))
                    .isEqualTo(1_200);
            // What was loaded before the kill was not loaded again, and it was not all.
            assertThat(UserLines.number(database, """
                            SELECT count(*)
                            FROM etl_many.etl_batch
                            WHERE xmin::text::bigint < %d
                            """.formatted(transaction))).isBetween(21L, 1_199L);
        }
    }

    @Test
    void leavesNoScratchSchemaOfACancelledJobOrAKilledNode() throws Exception {
        var job = """
                {"engine": "etl", "workload": {"profile": "DATABASE", "records": 100000000}, "plan": {"forks": 1}}
                """;
        String killed;
        try (var service = ServiceProcess.start(data)) {
            var cancelled = service.submit(job);
            awaitScratch(service, 1);
            assertThat(service.post("/api/v1/jobs/" + cancelled + "/cancel", "").statusCode())
                    .isEqualTo(202);
            assertThat(service.finished(cancelled).path("runId").isNull()).isTrue();
            awaitScratch(service, 0);
            killed = service.submit(job);
            awaitScratch(service, 1);
            service.kill();
        }
        try (var service = ServiceProcess.start(data)) {
            assertThat(service.post("/api/v1/jobs/" + killed + "/cancel", "").statusCode())
                    .isEqualTo(202);
            assertThat(service.finished(killed).path("state").asString()).isEqualTo("CANCELLED");
            awaitScratch(service, 0);
        }
    }

    private static void awaitScratch(ServiceProcess service, int schemas) throws SQLException {
        try (var database = service.database()) {
            await().atMost(1, TimeUnit.MINUTES).until(() -> UserLines.number(database, """
                            SELECT count(*)
                            FROM pg_namespace
                            WHERE nspname LIKE 'dyno_etl_%'
                            """) == schemas);
        }
    }

    /// Of the kept load, as far as anybody sees them.
    private static long batches(ServiceProcess service) throws SQLException {
        try (var database = service.database()) {
            return UserLines.number(database, """
                            SELECT count(*)
                            FROM pg_tables
                            WHERE schemaname = 'etl_many'
                            AND tablename = 'etl_batch'
                            """) == 0
                    ? 0
                    : UserLines.number(database, "SELECT count(*) FROM etl_many.etl_batch");
        }
    }

    private void put(ServiceProcess service, String lines) throws Exception {
        var answer = client.send(
                HttpRequest.newBuilder(service.uri("/api/v1/datasets/many?kind=users&file=a.jsonl"))
                        .PUT(BodyPublishers.ofString(lines))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
