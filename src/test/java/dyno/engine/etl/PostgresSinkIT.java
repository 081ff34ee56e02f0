package dyno.engine.etl;

import static dyno.engine.etl.SinkLoads.activities;
import static dyno.engine.etl.SinkLoads.bare;
import static dyno.engine.etl.SinkLoads.expected;
import static dyno.engine.etl.SinkLoads.user;
import static dyno.engine.etl.SinkLoads.users;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.Metrics;
import dyno.engine.etl.EtlWorkload.LoadMethod;
import dyno.engine.etl.EtlWorkload.RecordShape;
import dyno.engine.etl.EtlWorkload.TableKind;
import dyno.engine.etl.LoadException.Kind;
import dyno.engine.etl.SinkLoads.Activity;
import dyno.support.TestDatabase;
import dyno.support.TestDatabase.Address;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostgresSinkIT {

    private static final Address ADDRESS = TestDatabase.address();

    private final SinkDatabase database = new SinkDatabase(ADDRESS);

    @ParameterizedTest
    @EnumSource(LoadMethod.class)
    void loadsEveryRowAsItIs(LoadMethod method) throws Exception {
        var random = new Random(42);
        var rows = new ArrayList<Activity>();
        for (int i = 0; i < 700; i++) {
            rows.add(new Activity(
                    random.nextLong(),
                    "né\"\\ \t" + random.nextInt(),
                    random.nextInt(),
                    random.nextFloat(0.03f, 15),
                    random.nextLong()));
        }
        try (var sink = open(Map.of("loadMethod", method));
                var loader = sink.open(0, 0)) {
            loader.load(activities(1, rows.subList(0, 300)));
            loader.load(activities(2, rows.subList(300, 700)));

            assertThat(sink.disagreement(expected(rows))).isNull();
            var stored = database.ask("SELECT * FROM %s.loaded_user".formatted(database.schema()));
            assertThat(stored)
                    .containsExactlyInAnyOrderElementsOf(rows.stream()
                            .map(row -> "%d|%s|%d|%s|%d"
                                    .formatted(
                                            row.userId(),
                                            row.name(),
                                            row.activities(),
                                            postgres(row.score()),
                                            row.fingerprint()))
                            .toList());
            assertThat(database.ask("SELECT * FROM %s.etl_batch ORDER BY batch".formatted(database.schema())))
                    .containsExactly("0|1|300", "0|2|400");
        }
    }

    private static String postgres(float score) {
        return score == (int) score ? Integer.toString((int) score) : Float.toString(score);
    }

    @Test
    void splitsStatementsAtTheProtocolsLimitOfParameters() throws Exception {
        var load = activities(1, 1, MultiInsertWriter.MOST_PARAMETERS / 5 + 1);
        try (var sink = open(Map.of("loadMethod", LoadMethod.INSERT_MULTI));
                var loader = sink.open(0, 0)) {
            loader.load(load);

            assertThat(sink.disagreement(expected(load))).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(LoadMethod.class)
    void spreadsUsersOverFifteenTables(LoadMethod method) throws Exception {
        try (var sink = open(Map.of("loadMethod", method, "recordShape", RecordShape.ORIGINAL));
                var loader = sink.open(0, 0)) {
            loader.load(users(1, List.of(user(1, "a"), bare(2), user(3, "b"))));

            assertThat(table("users"))
                    .containsExactly("1|a1|e|first|null|1", "2|null|null|null|null|null", "3|b3|e|first|null|3");
            assertThat(table("addresses")).first().isEqualTo("1|street|null|null|null|USA|-12.345678|123.456789");
            assertThat(table("profiles")).first().isEqualTo("1|bio|[\"a\\\"1\", \"aé2\"]|[]");
            assertThat(table("education")).first().isEqualTo("1|0|school|degree|2020|d");
            assertThat(table("experience")).first().isEqualTo("1|0|company|position|1 years|d");
            assertThat(table("preferences")).first().isEqualTo("1|en|UTC|[\"a\\\"1\", \"aé2\"]");
            for (var entries : List.of("settings", "activity_log", "transactions", "posts")) {
                assertThat(table(entries))
                        .containsExactly("1|0|ak0|v0|null", "1|1|ak1|null|m1", "3|0|bk0|v0|null", "3|1|bk1|null|m1");
            }
            assertThat(table("messages"))
                    .startsWith("1|0|m0|f|t|s|b|t", "1|1|m1|null|null|null|null|null")
                    .hasSize(4);
            assertThat(table("attachments"))
                    .startsWith("1|0|0|a.txt|7|text/plain", "1|0|1|null|null|null")
                    .hasSize(4);
            assertThat(table("social_media")).hasSize(2);
            assertThat(table("user_groups")).first().isEqualTo("1|0|g|Group");
            assertThat(table("large_data")).first().isEqualTo("1|x|y|z|a|null");
            assertThat(sink.disagreement(new EtlSink.Expected(3, null, 6L, null, null)))
                    .contains("addresses is 2, expected 3")
                    .doesNotContain("users is", "sum of id");
        }
    }

    @Test
    void removesEverythingOfAUserWithTheUser() throws Exception {
        try (var sink = open(Map.of("recordShape", RecordShape.ORIGINAL));
                var loader = sink.open(0, 0)) {
            loader.load(users(1, List.of(user(1, "a"))));
            try (var connection = database.connect();
                    var statement = connection.createStatement()) {
                statement.execute("DELETE FROM %s.users".formatted(database.schema()));
            }
            for (var table : UserTable.values()) {
                assertThat(table(table.table().name())).isEmpty();
            }
        }
    }

    private List<String> table(String name) {
        return database.ask("SELECT * FROM %s.%s ORDER BY 1, 2".formatted(database.schema(), name));
    }

    @ParameterizedTest
    @EnumSource(TableKind.class)
    void makesTablesOfTheKindThatWasAskedFor(TableKind kind) throws Exception {
        try (var sink = open(Map.of("tableKind", kind))) {
            assertThat(sink.disagreement(expected(List.of()))).isNull();
            assertThat(database.ask("""
                            SELECT DISTINCT relpersistence
                            FROM pg_class
                            WHERE relnamespace = '%s'::regnamespace AND relkind = 'r'
                            """.formatted(database.schema())))
                    .containsExactly(kind == TableKind.LOGGED ? "p" : "u");
        }
    }

    @Test
    void keepsTheServersHousekeepingOutOfScratchTables() throws Exception {
        try (var sink = open(Map.of("recordShape", RecordShape.ORIGINAL))) {
            assertThat(sink).isNotNull();
            assertThat(database.ask("""
                            SELECT DISTINCT array_to_string(reloptions, ' ')
                            FROM pg_class
                            WHERE relnamespace = '%s'::regnamespace AND relkind = 'r'
                            """.formatted(database.schema()))).containsExactly("autovacuum_enabled=false");
        }
    }

    @Test
    void tellsWhatDiffers() throws Exception {
        var load = activities(1, 1, 10);
        try (var sink = open(Map.of());
                var loader = sink.open(0, 0)) {
            loader.load(load);
            try (var connection = database.connect();
                    var statement = connection.createStatement()) {
                statement.execute("UPDATE %s.loaded_user SET display_name = 'other' WHERE user_id = 3"
                        .formatted(database.schema()));
            }
            assertThat(sink.disagreement(expected(load))).startsWith("digest is ");
            assertThat(sink.disagreement(expected(activities(1, 1, 11))))
                    .contains("sum(records) of etl_batch is 10, expected 11", "loaded_user is 10, expected 11");
        }
    }

    @Test
    void dropsItsSchemaAndWhatAKilledPredecessorLeft() throws Exception {
        open(Map.of("recordShape", RecordShape.ORIGINAL));
        assertThat(database.schemas()).contains(database.schema());

        try (var sink = open(Map.of());
                var loader = sink.open(0, 0)) {
            loader.load(activities(1, 1, 1));
            assertThat(database.ask("SELECT tablename FROM pg_tables WHERE schemaname = '" + database.schema() + "'"))
                    .containsExactlyInAnyOrder("etl_batch", "loaded_user");
        }
        assertThat(database.schemas()).doesNotContain(database.schema());
    }

    @Test
    void emptiesTheTablesBetweenInvocations() throws Exception {
        var load = activities(1, 1, 5);
        try (var sink = open(Map.of());
                var loader = sink.open(0, 0)) {
            for (int invocation = 0; invocation < 3; invocation++) {
                sink.reset();
                loader.load(load);
                assertThat(sink.disagreement(expected(load))).isNull();
            }
        }
    }

    @Test
    void loadsABatchOnceHoweverOftenItIsTried() throws Exception {
        var load = activities(1, 1, 5);
        try (var sink = open(Map.of());
                var loader = sink.open(0, 0);
                var other = sink.open(0, 1)) {
            assertThat(loader.isLoaded(load)).isFalse();
            loader.load(load);
            other.load(load.again());

            assertThat(other.isLoaded(load)).isTrue();
            assertThat(sink.disagreement(expected(load))).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(LoadMethod.class)
    void loadsAllOfABatchOrNothingAndGoesOn(LoadMethod method) throws Exception {
        var good = activities(2, 1, 5);
        var rows = new ArrayList<Activity>(List.of(Activity.of(10), Activity.of(11)));
        rows.add(new Activity(12, "U+0000: \0", 1, 1, 1));
        rows.add(Activity.of(13));
        try (var sink = open(Map.of("loadMethod", method));
                var loader = sink.open(0, 0)) {
            var failure = catchThrowableOfType(LoadException.class, () -> loader.load(activities(1, rows)));
            assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
            assertThat(failure.code()).isEqualTo(FailureCode.ENGINE_ERROR);
            assertThat(failure).hasMessageContaining("0x00");

            loader.load(good);
            assertThat(sink.disagreement(expected(good))).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(LoadMethod.class)
    void takesADoubledKeyForPermanent(LoadMethod method) throws Exception {
        try (var sink = open(Map.of("loadMethod", method));
                var loader = sink.open(0, 0)) {
            loader.load(activities(1, 1, 5));
            var failure = catchThrowableOfType(LoadException.class, () -> loader.load(activities(2, 5, 5)));

            assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
            assertThat(sink.disagreement(expected(activities(1, 1, 5)))).isNull();
        }
    }

    @Test
    void givesUpAStatementThatTakesTooLongForNow() throws Exception {
        var load = activities(1, 1, 5);
        try (var sink = open(Map.of("loadTimeoutMillis", 100));
                var loader = sink.open(0, 0);
                var locker = database.connect();
                var statement = locker.createStatement()) {
            locker.setAutoCommit(false);
            statement.execute("LOCK TABLE %s.loaded_user".formatted(database.schema()));
            var failure = catchThrowableOfType(LoadException.class, () -> loader.load(load));
            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(failure).hasMessageContaining("timeout");

            locker.rollback();
            loader.load(load.again());
            assertThat(sink.disagreement(expected(load))).isNull();
        }
    }

    @Test
    void endsALoadThatIsAborted() throws Exception {
        var load = activities(1, 1, 5);
        try (var sink = open(Map.of());
                var loader = sink.open(0, 0);
                var locker = database.connect();
                var statement = locker.createStatement()) {
            locker.setAutoCommit(false);
            statement.execute("LOCK TABLE %s.loaded_user".formatted(database.schema()));
            var ended = new CompletableFuture<Throwable>();
            var worker = Thread.ofPlatform().start(() -> {
                try {
                    loader.load(load);
                    ended.completeExceptionally(new AssertionError("loaded a locked table"));
                } catch (Exception e) {
                    ended.complete(e);
                }
            });
            await().until(() -> waiting() == 1);

            worker.interrupt();
            loader.abort();

            await().untilAsserted(() ->
                    assertThat(ended).isCompletedWithValueMatching(InterruptedException.class::isInstance));
            // The server holds nothing back for the load that is gone.
            await().until(() -> waiting() == 0);
            locker.rollback();
            loader.load(load.again());
            assertThat(sink.disagreement(expected(load))).isNull();
        }
    }

    private int waiting() {
        return database.ask("""
                        SELECT pid
                        FROM pg_stat_activity
                        WHERE application_name = '%s' AND wait_event_type = 'Lock'
                        """.formatted(database.schema())).size();
    }

    @Test
    void takesALostConnectionForTransientAndMakesANewOne() throws Exception {
        var load = activities(1, 1, 5);
        try (var sink = open(Map.of());
                var loader = sink.open(0, 0)) {
            database.ask("""
                    SELECT pg_terminate_backend(pid, 5000)
                    FROM pg_stat_activity
                    WHERE application_name = '%s'
                    """.formatted(database.schema()));
            var failure = catchThrowableOfType(LoadException.class, () -> loader.load(load));
            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(failure.code()).isEqualTo(FailureCode.DATABASE_UNAVAILABLE);

            loader.load(load.again());
            assertThat(sink.disagreement(expected(load))).isNull();
        }
    }

    @Test
    void findsABatchWhoseCommitNobodySawInTheLedger() throws Exception {
        try (var proxy = new CuttingProxy(port())) {
            var behindProxy = new SinkDatabase(
                    new Address(
                            ADDRESS.jdbcUrl().replace(":" + port() + "/", ":" + proxy.port() + "/"),
                            ADDRESS.user(),
                            ADDRESS.password()),
                    database.job());
            var first = activities(1, 1, 5);
            var second = activities(2, 6, 5);
            try (var sink = PostgresSink.open(SinkWorkloads.of(Map.of()), behindProxy.context());
                    var loader = sink.open(0, 0)) {
                proxy.swallowTheReplyTo("COMMIT");
                var failure = catchThrowableOfType(LoadException.class, () -> loader.load(first));
                assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
                assertThat(loader.isLoaded(first)).isTrue();

                proxy.cutOffBefore("COMMIT");
                failure = catchThrowableOfType(LoadException.class, () -> loader.load(second));
                assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
                assertThat(loader.isLoaded(second)).isFalse();
                loader.load(second.again());

                assertThat(sink.disagreement(expected(first, second))).isNull();
            }
        }
    }

    @Test
    void waitsForACommitThatIsUnderWayBeforeItSaysWhetherABatchIsIn() throws Exception {
        var load = activities(1, 1, 5);
        try (var sink = open(Map.of());
                var loader = sink.open(0, 0);
                var earlier = database.connect();
                var statement = earlier.createStatement()) {
            earlier.setAutoCommit(false);
            statement.execute("INSERT INTO %s.etl_batch (pipeline, batch, records) VALUES (0, %d, 5)"
                    .formatted(database.schema(), load.key()));
            var answer = new CompletableFuture<Boolean>();
            Thread.ofPlatform().start(() -> {
                try {
                    answer.complete(loader.isLoaded(load));
                } catch (Exception e) {
                    answer.completeExceptionally(e);
                }
            });
            await().until(() -> waiting() == 1);
            assertThat(answer).isNotDone();

            earlier.commit();

            assertThat(answer).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
            assertThat(loader.isLoaded(activities(2, 6, 5))).isFalse();
            assertThat(database.ask("SELECT batch FROM %s.etl_batch".formatted(database.schema())))
                    .hasSize(1);
        }
    }

    @Test
    void saysThatTheServerIsAway() {
        var nowhere = new SinkDatabase(new Address("jdbc:postgresql://127.0.0.1:1/dyno", "dyno", "hidden-7"));
        var failure = catchThrowableOfType(
                EngineException.class, () -> PostgresSink.open(SinkWorkloads.of(Map.of()), nowhere.context()));

        assertThat(failure.code()).isEqualTo(FailureCode.DATABASE_UNAVAILABLE);
        assertThat(failure.getMessage()).doesNotContain("hidden-7");
    }

    @Test
    void reportsHowDurableTheServerIs() throws Exception {
        try (var sink = open(Map.of())) {
            var metrics = new Metrics();
            sink.report(metrics);
            // The tests' server does without.
            assertThat(metrics.values()).containsEntry("fsync", "off").containsEntry("synchronousCommit", "on");
        }
    }

    private PostgresSink open(Map<String, ?> given) throws IOException {
        return PostgresSink.open(SinkWorkloads.of(given), database.context());
    }

    private static int port() {
        var url = ADDRESS.jdbcUrl();
        return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1, url.lastIndexOf('/')));
    }
}
