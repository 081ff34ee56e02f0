package dyno.operated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.support.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What `config/grafana` holds, as the account of reports sees the migrated database.
class DashboardsIT {

    private static final UUID RUN = UUID.fromString("00000000-0000-0001-0000-000000000001");
    private static final String READER = "dyno_reader";
    private static final Pattern TIME_FILTER = Pattern.compile("\\$__timeFilter\\(([^)]+)\\)");
    private static final Pattern RECORDED = Pattern.compile("- record: (\\S+)");

    private static final Map<String, String> VARIABLES = Map.of(
            "engine", "generator",
            "suite", "nightly",
            "series", "fill/direct",
            "fingerprint", "sha256:00",
            "run", RUN.toString(),
            "case", "direct");

    private static Connection owner;
    private static Connection reader;

    @BeforeAll
    static void connect() throws Exception {
        var database = TestDatabase.address();
        owner = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        execute("ALTER ROLE dyno_reader LOGIN PASSWORD 'for-tests'");
        for (var statement : RunOfOneCase.INSERTS) {
            execute(statement);
        }
        reader = DriverManager.getConnection(database.jdbcUrl(), READER, "for-tests");
    }

    @AfterAll
    static void close() throws Exception {
        reader.close();
        owner.close();
    }

    @Test
    void asksTheDatabaseNothingThatItDoesNotAnswer() throws Exception {
        boolean hasAlerts = ask("SELECT 1 WHERE to_regclass('public.alert') IS NOT NULL", owner) > 0;
        var empty = new ArrayList<String>();
        var queries = Dashboards.sql();
        for (var query : queries) {
            int rows = ask(filled(query.text()), reader);
            if (rows == 0 && (hasAlerts || !query.text().contains("reporting.alerts"))) {
                empty.add(query.place());
            }
        }

        assertThat(queries).hasSizeGreaterThan(15);
        assertThat(empty).isEmpty();
    }

    @Test
    void readsReportsAndNothingElse() throws Exception {
        assertThat(setting("statement_timeout")).isEqualTo("10s");
        assertThat(setting("default_transaction_read_only")).isEqualTo("on");
        for (var table : List.of("job", "run", "api_key", "audit", "idempotency_key", "dataset")) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> ask("SELECT * FROM public." + table, reader))
                    .withMessageContaining("permission denied for table " + table);
        }
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> ask("SELECT pg_sleep(0) FROM pg_read_file('/etc/hostname')", reader))
                .withMessageContaining("permission denied");
        try (var statement = reader.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("DELETE FROM reporting.runs"))
                    .withMessageContaining("permission denied");
        }
    }

    @Test
    void namesDataSourcesAndDashboardsThatThereAre() throws Exception {
        var provisioned = new TreeSet<String>();
        for (var line : Files.readAllLines(Path.of("config/grafana/provisioning/datasources/dyno.yml"))) {
            if (line.strip().startsWith("uid: ")) {
                provisioned.add(line.strip().substring("uid: ".length()));
            }
        }
        var boards = Dashboards.all();
        var uids = boards.stream().map(board -> board.path("uid").asString()).toList();

        assertThat(provisioned).containsExactly(Dashboards.POSTGRES, Dashboards.PROMETHEUS);
        assertThat(uids)
                .containsExactlyInAnyOrder(
                        "dyno-service", "dyno-results", "dyno-trends", "dyno-run", "dyno-host", "dyno-nightly");
        assertThat(boards).allSatisfy(board -> {
            assertThat(Dashboards.dataSources(board)).isNotEmpty().allMatch(provisioned::contains);
            assertThat(Dashboards.linkedBoards(board)).allMatch(uids::contains);
        });
    }

    @Test
    void namesMetricsThatTheReferenceListsAndSeriesThatRulesRecord() throws Exception {
        var known = KnownMetrics.read();
        var recorded = RECORDED.matcher(Files.readString(Path.of("config/prometheus/rules/recording.yml")))
                .results()
                .map(rule -> rule.group(1))
                .toList();
        var unknown = new ArrayList<String>();
        var queries = Dashboards.promQl();
        for (var query : queries) {
            var names = PromQl.metrics(query.text());
            assertThat(names).as(query.place()).isNotEmpty();
            names.removeIf(name -> known.has(name) || recorded.contains(name));
            names.forEach(name -> unknown.add(query.place() + ": " + name));
        }

        assertThat(queries).hasSizeGreaterThan(30);
        assertThat(unknown).isEmpty();
    }

    /// Grafana makes an expression of several values, each escaped; one value it puts in as it is, and
    /// names of cases
    /// have brackets: `chunks/counter[chunkBytes=4194304]`.
    @Test
    void matchesVariablesOfOneValueByTheirWholeText() throws Exception {
        int single = 0;
        for (var board : Dashboards.all()) {
            for (var variable : board.path("templating").path("list").values()) {
                if (variable.path("multi").asBoolean(false)) {
                    continue;
                }
                single++;
                assertThat(board.path("panels").values())
                        .allSatisfy(panel -> assertThat(panel.path("targets").values())
                                .allSatisfy(
                                        target -> assertThat(target.path("expr").asString(""))
                                                .doesNotContain("=~\"$"
                                                        + variable.path("name").asString() + "\"")));
            }
        }
        assertThat(single).isGreaterThan(3);
    }

    @Test
    void promisesTheColumnsThatTheReferenceLists() throws Exception {
        var documented = Files.readString(Path.of("docs/reference/reporting.md"));
        try (var columns = owner.createStatement().executeQuery("""
                SELECT table_name, column_name
                FROM information_schema.columns
                WHERE table_schema = 'reporting'
                """)) {
            int count = 0;
            while (columns.next()) {
                var section = documented
                        .split("### `" + columns.getString(1) + "`\n", 2)[1]
                        .split("\n##", 2)[0];
                assertThat(section).as(columns.getString(1)).contains("`" + columns.getString(2) + "`");
                count++;
            }
            assertThat(count).isGreaterThan(60);
        }
    }

    /// As Grafana fills in what stands for times and variables.
    private static String filled(String sql) {
        var text = TIME_FILTER.matcher(sql).replaceAll("$1 BETWEEN '-infinity' AND 'infinity'");
        for (var variable : VARIABLES.entrySet()) {
            text = text.replace("${" + variable.getKey() + "}", variable.getValue());
        }
        assertThat(text).doesNotContain("$");
        return text;
    }

    private static String setting(String name) throws SQLException {
        try (var result = reader.createStatement().executeQuery("SHOW " + name)) {
            result.next();
            return result.getString(1);
        }
    }

    private static int ask(String sql, Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            int count = 0;
            while (rows.next()) {
                count++;
            }
            return count;
        } catch (SQLException e) {
            throw new SQLException(sql + "\n" + e.getMessage(), e);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
