package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.TrialContext;
import dyno.engine.TrialContext.Depth;
import dyno.engine.Verification.Check;
import dyno.support.TestDatabase;
import dyno.support.TestFolders;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whole trials into scratch schemas of a server.
class DatabaseTrialIT {

    private final SinkDatabase database = new SinkDatabase(TestDatabase.address());

    @Test
    void loadsAHundredThousandRecordsWithTheirActivities() throws Exception {
        var workload = Workloads.of("profile", "DATABASE", "records", 100_000);
        try (var trial = new EtlEngine().prepare(workload, database.context())) {
            trial.reset();
            assertThat(trial.invoke().items()).isEqualTo(100_000);

            assertThat(table("SELECT count(*), sum(total_activities) FROM %s.loaded_user"))
                    .containsExactly("100000|9135081");
        }
        assertThat(database.schemas()).doesNotContain(database.schema());
    }

    @Test
    void dropsItsSchemaWhenItIsCancelled() throws Exception {
        var workload = Workloads.of("profile", "DATABASE", "records", 100_000_000);
        var plain = database.context();
        var asked = new AtomicInteger();
        var context = new TrialContext(
                plain.scratch(),
                plain.cache(),
                plain.machine(),
                () -> asked.incrementAndGet() > 20,
                0,
                Depth.FULL,
                Map.of(),
                plain.secrets(),
                plain.job(),
                plain.attempt());
        try (var trial = new EtlEngine().prepare(workload, context)) {
            assertThatExceptionOfType(CancellationException.class).isThrownBy(trial::invoke);
            assertThat(database.schemas()).contains(database.schema());
        }
        assertThat(database.schemas()).doesNotContain(database.schema());
    }

    /// Of a fork that goes on though its node is frozen and has lost the job.
    @Test
    void doesNotTouchTheSchemaOfALaterAttempt() throws Exception {
        var workload = Workloads.of("profile", "DATABASE", "records", 2_000);
        var context = database.context(Depth.SHORT);
        var next = new TrialContext(
                TestFolders.fresh("sink"),
                context.cache(),
                context.machine(),
                context.cancellation(),
                context.fork(),
                context.depth(),
                context.datasets(),
                context.secrets(),
                context.job(),
                2);
        try (var stale = new EtlEngine().prepare(workload, context);
                var later = new EtlEngine().prepare(workload, next)) {
            later.reset();
            later.invoke();

            stale.reset();
            stale.invoke();
            assertThat(stale.verify().differences()).isEmpty();
            stale.close();

            assertThat(later.verify().differences()).isEmpty();
            assertThat(database.schemas()).contains(database.schema() + "_2").doesNotContain(database.schema());
        }
        assertThat(database.schemas()).doesNotContain(database.schema() + "_2");
    }

    @Test
    void spreadsAThousandOriginalUsersOverFifteenTables() throws Exception {
        var workload = Workloads.of(
                "profile", "DATABASE", "recordShape", "ORIGINAL", "records", 1_000, "batchSize", 100, "workers", 2);
        try (var trial = new EtlEngine().prepare(workload, database.context(Depth.SHORT))) {
            trial.reset();
            trial.invoke();

            long rows = 0;
            for (var table : UserTable.values()) {
                rows += Long.parseLong(
                        table("SELECT count(*) FROM %s." + table.table().name()).getFirst());
            }
            assertThat(rows).isEqualTo(126_000);
            assertThat(table("SELECT count(*) FROM %s.attachments")).containsExactly("30000");
            assertThat(table("SELECT count(*) FROM %s.posts")).containsExactly("25000");
        }
    }

    @Test
    void findsEveryRowOfFifteenTablesAsItShouldBe() throws Exception {
        assertOriginals(60, Depth.SHORT);
    }

    @Test
    @Tag("long")
    void findsEveryRowOfAThousandUsersAsItShouldBe() throws Exception {
        assertOriginals(1_000, Depth.FULL);
    }

    private void assertOriginals(int records, Depth depth) throws Exception {
        var workload = Workloads.of(
                "profile", "DATABASE", "recordShape", "ORIGINAL", "records", records, "batchSize", 25, "workers", 2);
        try (var trial = new EtlEngine().prepare(workload, database.context(depth))) {
            trial.reset();
            trial.invoke();
            var verification = trial.verify();
            assertThat(verification.differences()).isEmpty();
            assertThat(verification.checks()).extracting(Check::name).contains("sinkAgrees", "digestMatchesReference");
        }
    }

    @Test
    void tellsATextThatChangedInAnyOfTheTables() throws Exception {
        var workload = SinkWorkloads.of(Map.of("recordShape", EtlWorkload.RecordShape.ORIGINAL, "records", 3L));
        var maker = new OriginalMaker(new DrawStream(42));
        var expected = new EtlSink.Expected(3, null, 6L, null, null);
        try (var sink = PostgresSink.open(workload, database.context());
                var loader = sink.open(0, 0)) {
            loader.load(SinkLoads.users(1, List.of(maker.make(2), maker.make(1), maker.make(3))));
            assertThat(sink.disagreement(expected)).isNull();

            for (var change : List.of(
                    "messages SET read = NOT read WHERE user_id = 2 AND ord = 9",
                    "addresses SET lng = lng + 0.000001 WHERE user_id = 3",
                    "profiles SET skills = '[]' WHERE user_id = 1",
                    "large_data SET blob5 = blob5 || ' ' WHERE user_id = 1")) {
                try (var connection = database.connect();
                        var statement = connection.createStatement()) {
                    statement.execute("UPDATE %s.%s".formatted(database.schema(), change));
                }
                assertThat(sink.disagreement(expected))
                        .contains("checksum of " + change.substring(0, change.indexOf(' ')));
            }
        }
    }

    private List<String> table(String sql) {
        return database.ask(sql.formatted(database.schema()));
    }
}
