package dyno.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dyno.support.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresIT {

    private final Path folder = TestFolders.fresh("embedded");

    @Test
    void keepsTablesFromOneStartToTheNext() throws Exception {
        try (var postgres = start()) {
            query(postgres, "CREATE TABLE note AS SELECT 'kept' AS text");
        }
        try (var postgres = start()) {
            assertThat(query(postgres, "SELECT text FROM note")).containsExactly("kept");
        }
    }

    @Test
    void losesNothingThatItHasConfirmedAndOrdersTextAlikeEverywhere() throws Exception {
        try (var postgres = start()) {
            assertThat(query(postgres, "SHOW fsync")).containsExactly("on");
            assertThat(query(postgres, "SHOW data_checksums")).containsExactly("on");
            assertThat(query(postgres, "SHOW server_encoding")).containsExactly("UTF8");
            assertThat(query(postgres, "SELECT word FROM (VALUES ('b'), ('B'), ('a')) AS words (word) ORDER BY word"))
                    .containsExactly("B", "a", "b");
        }
    }

    @Test
    void tellsItsOwnerAloneHowToConnectWhileItRuns() throws Exception {
        var connectionFile = folder.resolve("connection.json");
        try (var postgres = start()) {
            assertThat(connectionFile).content().contains(postgres.jdbcUrl(), postgres.user(), postgres.password());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(connectionFile)))
                    .isEqualTo("rw-------");
        }
        assertThat(connectionFile).doesNotExist();
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        try (var postgres = start()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guess"))
                    .withMessageContaining("password");
        }
    }

    @Test
    void refusesAFolderThatAnotherServerHas() {
        try (var postgres = start()) {
            assertThat(postgres.port()).isPositive();
            assertThatExceptionOfType(EmbeddedPostgresException.class)
                    .isThrownBy(this::start)
                    .withMessageContaining("Another process runs PostgreSQL on")
                    .withMessageContaining(folder.toString());
        }
    }

    @Test
    void startsWhereTheNumberOfTheKilledServerIsAnotherProcessesNow() throws Exception {
        start().close();
        Files.writeString(
                folder.resolve("cluster/postmaster.pid"),
                ProcessHandle.current().pid() + "\n");

        try (var postgres = start()) {
            assertThat(query(postgres, "SELECT 'up'")).containsExactly("up");
        }
    }

    @Test
    void makesItsClusterAnewWhereThatWasCutShort() throws Exception {
        Files.createDirectories(folder.resolve("cluster.unfinished/base"));
        Files.writeString(folder.resolve("cluster.unfinished/PG_VERSION"), "18\n");

        try (var postgres = start()) {
            assertThat(query(postgres, "SELECT 'up'")).containsExactly("up");
        }
        assertThat(folder.resolve("cluster.unfinished")).doesNotExist();
    }

    @Test
    void saysWhatTheServerComplainsOf() throws Exception {
        start().close();
        Files.writeString(folder.resolve("cluster/postgresql.conf"), "no_such_setting = on\n");

        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(this::start)
                .withMessageContaining("does not start on")
                .withMessageContaining("postgresql.conf");
    }

    @Test
    void comesBackAtTheSamePortEachTimeThatItIsKilledAlone() throws Exception {
        try (var postgres = start()) {
            query(postgres, "CREATE TABLE note AS SELECT 'kept' AS text");
            for (int i = 0; i < 2; i++) {
                var server = postmaster();
                assertThat(server.destroyForcibly()).isTrue();

                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptionsInstanceOf(SQLException.class)
                        .untilAsserted(() -> assertThat(query(postgres, "SELECT text FROM note"))
                                .containsExactly("kept"));
                assertThat(postmaster().pid()).isNotEqualTo(server.pid());
            }
        }
        assertThat(folder.resolve("cluster/postmaster.pid")).doesNotExist();
    }

    private ProcessHandle postmaster() throws IOException {
        var pid = Files.readAllLines(folder.resolve("cluster/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(folder, TestFolders.programs());
    }

    static List<String> query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                var statement = connection.createStatement()) {
            var rows = new ArrayList<String>();
            if (statement.execute(sql)) {
                var found = statement.getResultSet();
                while (found.next()) {
                    rows.add(found.getString(1));
                }
            }
            return rows;
        }
    }
}
