package dyno.engine.etl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dyno.engine.FailureCode;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.Verification;
import dyno.support.TestDatabase;
import dyno.support.TestFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Loads of users that stay: a dataset into tables of PostgreSQL.
class KeptLoadIT {

    private static final TestDatabase.Address ADDRESS = TestDatabase.address();
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private final Path folder = TestFolders.fresh("kept");
    private final Path files = folder.resolve("files");
    private final String name = "k" + SCHEMAS.incrementAndGet();
    private SinkDatabase database = new SinkDatabase(ADDRESS);

    @Test
    void putsEveryUserIntoFifteenTables() throws Exception {
        write("a.jsonl", lines(1, 300, "a"));
        write("b.jsonl", lines(301, 200, "b") + "{\"id\":1000,\"nick\":1}");

        var outcome = load();

        assertThat(outcome.verification.differences()).isEmpty();
        assertThat(outcome.verification.digest()).isNull();
        assertThat(outcome.metrics).containsEntry("unknownFields", 1L).containsEntry("loaded", 501L);
        assertThat(counts()).containsEntry("users", 501L).containsEntry("attachments", 1000L);
        assertThat(counts()).containsEntry("addresses", 500L).containsEntry("settings", 1000L);
        assertThat(table("SELECT username FROM %s.users WHERE id IN (300, 301) ORDER BY id"))
                .containsExactly("a300", "b301");
        assertThat(table("SELECT records, added FROM %s.etl_batch WHERE batch = 1 AND job = '" + database.job() + "'"))
                .containsExactly("100|100");
        assertThat(table("SELECT count(*), sum(records) FROM %s.etl_batch")).containsExactly("6|501");
    }

    @Test
    void failsWhereAKeyIsThereAlready() throws Exception {
        write("a.jsonl", lines(1, 150, "a"));
        load();
        var before = counts();

        nextJob();
        var failure = catchThrowable(this::load);

        assertThat(failure).hasMessageContaining("duplicate key");
        assertThat(counts()).isEqualTo(before);
    }

    @Test
    void skipsWhatIsThere() throws Exception {
        write("a.jsonl", lines(1, 150, "a"));
        load();
        var before = counts();
        nextJob();
        write("a.jsonl", lines(1, 150, "other"));

        var outcome = load("onConflict", "SKIP");

        assertThat(outcome.verification.differences()).isEmpty();
        assertThat(counts()).isEqualTo(before);
        assertThat(table("SELECT DISTINCT left(username, 1) FROM %s.users")).containsExactly("a");
        assertThat(table("SELECT sum(added) FROM %s.etl_batch WHERE job = '" + database.job() + "'"))
                .containsExactly("0");
    }

    @Test
    void replacesUsersWithAllThatTheyHave() throws Exception {
        write("a.jsonl", lines(1, 150, "a"));
        load();
        var before = counts();
        nextJob();
        write("a.jsonl", lines(1, 149, "c") + "{\"id\":150}\n");

        var outcome = load("onConflict", "REPLACE");

        assertThat(outcome.verification.differences()).isEmpty();
        assertThat(table("SELECT DISTINCT left(username, 1) FROM %s.users WHERE id < 150"))
                .containsExactly("c");
        assertThat(table("SELECT DISTINCT left(key, 1) FROM %s.posts")).containsExactly("c");
        assertThat(table("SELECT username FROM %s.users WHERE id = 150")).containsExactly("null");
        assertThat(table("SELECT count(*) FROM %s.messages WHERE user_id = 150"))
                .containsExactly("0");
        assertThat(counts().get("users")).isEqualTo(before.get("users"));
        assertThat(counts().get("posts")).isEqualTo(before.get("posts") - 2);
    }

    @ParameterizedTest
    @CsvSource({"SKIP, a", "REPLACE, b"})
    void takesOneOfSeveralLinesWithTheSameId(String onConflict, String winner) throws Exception {
        write("a.jsonl", lines(7, 1, "a") + lines(8, 1, "x") + lines(7, 1, "b"));

        var outcome = load("onConflict", onConflict);

        assertThat(outcome.verification.differences()).isEmpty();
        assertThat(table("SELECT username FROM %s.users ORDER BY id")).containsExactly(winner + "7", "x8");
        assertThat(counts()).containsEntry("posts", 4L);
    }

    @ParameterizedTest
    @EnumSource(EtlWorkload.LoadMethod.class)
    void mergesByEveryMethod(EtlWorkload.LoadMethod method) throws Exception {
        write("a.jsonl", lines(1, 120, "a"));
        load("loadMethod", method.name());
        nextJob();
        write("a.jsonl", lines(61, 120, "b"));

        load("loadMethod", method.name(), "onConflict", "REPLACE");

        assertThat(counts()).containsEntry("users", 180L).containsEntry("posts", 360L);
        assertThat(table("SELECT count(*) FROM %s.users WHERE username LIKE 'b%%'"))
                .containsExactly("120");
    }

    @Test
    void makesDeadLettersOfLinesThatAreNoUsers() throws Exception {
        write("a.jsonl", lines(1, 130, "a") + "{\"id\":\"x\"}\n" + lines(131, 20, "a"));
        write("b.jsonl", "{\"id\":200,\"age\":1e9}\n" + lines(50, 1, "again") + lines(201, 1, "a"));

        var outcome = load("onError", "DEAD_LETTER");

        assertThat(outcome.verification.differences()).isEmpty();
        assertThat(counts()).containsEntry("users", 151L);
        assertThat(outcome.deadLetters)
                .hasSize(3)
                .anySatisfy(letter -> assertThat(letter)
                        .startsWith("{\"id\":null,\"batch\":0,\"attempts\":0,\"error\":\"id is text, not integer\","
                                + "\"record\":\"{\\\"id\\\":\\\"x\\\"}\"")
                        .endsWith("\"file\":\"a.jsonl\",\"line\":131}"))
                .anySatisfy(letter ->
                        assertThat(letter).contains("age is a fraction").endsWith("\"b.jsonl\",\"line\":1}"))
                .anySatisfy(letter -> assertThat(letter)
                        .startsWith("{\"id\":50,\"batch\":2,")
                        .contains("duplicate key")
                        .endsWith("\"file\":\"b.jsonl\",\"line\":2}"));
        assertThat(outcome.metrics).containsEntry("deadLettered", 3L).containsEntry("loaded", 151L);
    }

    @Test
    void endsAtALineThatIsNoUser() throws Exception {
        write("a.jsonl", lines(1, 130, "a") + "{\"id\":7,\"messages\":[{\"read\":3}]}\n");

        var failure = catchThrowable(this::load);

        assertThat(failure).hasMessageContaining("a.jsonl, line 131 (at byte ", "messages[0].read is an integer");
    }

    @Test
    void goesOnWhereAKilledJobStopped() throws Exception {
        write("a.jsonl", lines(1, 950, "a") + "{\"id\":\"x\"}\n" + lines(951, 200, "a"));
        // What a job that was killed left: some batches, and one of which a part was loaded.
        load("onError", "DEAD_LETTER");
        var whole = counts();
        execute("DELETE FROM %s.users WHERE id BETWEEN 201 AND 300 OR id BETWEEN 401 AND 450 OR id > 951");
        execute("DELETE FROM %s.etl_batch WHERE batch IN (3, 5, 10, 11, 12)");
        execute("DELETE FROM %s.users WHERE id BETWEEN 901 AND 951");
        execute("INSERT INTO %s.etl_batch (job, pipeline, batch, records, added) VALUES ('" + database.job() + "', 0, "
                + Load.partKey(5, 3) + ", 50, 50)");

        var outcome = load("onError", "DEAD_LETTER");

        assertThat(outcome.verification.differences()).isEmpty();
        assertThat(counts()).isEqualTo(whole);
        assertThat(table("SELECT sum(records) FROM %s.etl_batch")).containsExactly("1150");
        assertThat(outcome.metrics).containsEntry("loaded", 1150L);
    }

    @Test
    void keepsGeneratedRecordsToo() throws Exception {
        for (int times = 0; times < 2; times++) {
            generated("records", 2_500, "onConflict", "SKIP");
            assertThat(table("SELECT count(*), sum(total_activities) > 0 FROM %s.loaded_user"))
                    .containsExactly("2500|t");
            nextJob();
        }
    }

    @Test
    void goesOnWithGeneratedRecordsWhereAKilledJobStopped() throws Exception {
        generated("recordShape", "ORIGINAL", "records", 800, "batchSize", 100, "workers", 3);
        var whole = counts();
        execute("DELETE FROM %s.users WHERE id BETWEEN 101 AND 200 OR id BETWEEN 401 AND 500");
        execute("DELETE FROM %s.etl_batch WHERE batch IN (2, 5)");

        generated("recordShape", "ORIGINAL", "records", 800, "batchSize", 100, "workers", 3);

        assertThat(counts()).isEqualTo(whole).containsEntry("users", 800L);
    }

    private void generated(Object... more) throws Exception {
        var fields = new ArrayList<Object>(List.of("profile", "DATABASE", "target", "service", "targetSchema", name));
        fields.addAll(List.of(more));
        var workload = Workloads.of(fields.toArray());
        try (var trial = new EtlEngine().prepare(workload, context())) {
            trial.invoke();
            assertThat(trial.verify().differences()).isEmpty();
        }
    }

    @Test
    void namesThePlaceOfALineThatIsTooLong() throws Exception {
        write("a.jsonl", lines(1, 3, "a") + "{\"id\":4,\"email\":\"" + "x".repeat(JsonLines.MAX_LINE_BYTES) + "\"}\n");

        var failure = catchThrowable(this::load);

        assertThat(Failures.code(failure)).isEqualTo(FailureCode.INVALID_INPUT);
        assertThat(failure).hasMessageContaining("a.jsonl, line 4 (at byte ", "longer than");
    }

    private record Outcome(Verification verification, Map<String, Object> metrics, List<String> deadLetters) {}

    private Outcome load(Object... more) throws Exception {
        var fields = new ArrayList<Object>(List.of(
                "profile",
                "DATABASE",
                "input",
                Map.of("dataset", "people"),
                "batchSize",
                100,
                "workers",
                3,
                "target",
                "service",
                "targetSchema",
                name,
                "backoffMillis",
                1));
        fields.addAll(List.of(more));
        var workload = Workloads.of(fields.toArray());
        var context = context();
        try (Trial trial = new EtlEngine().prepare(workload, context)) {
            trial.invoke();
            var verification = trial.verify();
            var letters = context.kept().resolve(DeadLetterFile.NAME);
            return new Outcome(
                    verification,
                    new HashMap<>(trial.report().metrics()),
                    Files.exists(letters) ? Files.readAllLines(letters) : List.of());
        }
    }

    private TrialContext context() {
        var plain = database.context(TestFolders.fresh("kept-scratch"));
        return new TrialContext(
                plain.scratch(),
                plain.cache(),
                plain.machine(),
                plain.cancellation(),
                0,
                plain.depth(),
                Map.of("people", files),
                plain.secrets(),
                plain.job(),
                plain.attempt());
    }

    private void nextJob() {
        database = new SinkDatabase(ADDRESS, UUID.randomUUID());
    }

    private void write(String file, String text) throws Exception {
        Files.createDirectories(files);
        Files.writeString(files.resolve(file), text, UTF_8);
    }

    private static String lines(long firstId, int count, String mark) {
        var lines = new LineBuffer(1024);
        for (long id = firstId; id < firstId + count; id++) {
            OriginalKind.INSTANCE.appendInput(SinkLoads.user(id, mark), lines);
            lines.raw('\n');
        }
        return lines.toString();
    }

    private Map<String, Long> counts() {
        var counts = new HashMap<String, Long>();
        for (var table : UserTable.values()) {
            var rows = table("SELECT count(*) FROM %s." + table.table().name());
            counts.put(table.table().name(), Long.valueOf(rows.getFirst()));
        }
        return counts;
    }

    private List<String> table(String sql) {
        return database.ask(sql.formatted("etl_" + name));
    }

    private void execute(String sql) throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql.formatted("etl_" + name));
        }
    }
}
