package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.Cancellation;
import dyno.engine.Databases.Account;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.support.TestDatabase;
import dyno.support.TestFolders;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class LoaderTest {

    private static final Duration LATER = Duration.ofHours(1);
    private static final Loader.Span OCTOBER =
            new Loader.Span(LocalDate.parse("2025-10-01"), LocalDate.parse("2025-10-31"));

    private final TestDatabase.Address database = TestDatabase.address();

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void loadsWhatTheResultSays(LoadMethod method) throws Exception {
        var workload = Binding.generated(
                Map.of("scale", "SMALL", "defectsPerMillion", 1_000L),
                Map.of(
                        "loadMethod", method.name(),
                        "outputs", List.of("POD", "STORAGE", "UNALLOCATED"),
                        "costCategories", List.of(Map.of("pattern", "ns-%", "id", 7L))));

        var outcome = Trials.run(workload, Trials.context(Cancellation.NONE, Trials.secrets(database)));

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.verification().checks())
                .extracting(check -> check.name())
                .contains("tableEqualsResult", "replaceIdempotent");
        assertThat((Double) outcome.metric("loadRowsPerSecond")).isPositive();
        assertThat(count("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'dyno\\_agg\\_%'"))
                .isZero();
    }

    @Test
    void replacesThePeriodAndNothingElse() throws Exception {
        var workload = workload();
        try (var input = Inputs.generated(Map.of("scale", "SMALL"));
                var loader = Loader.open(account(), workload, "dyno_agg_replaced", LATER, Cancellation.NONE)) {
            var all = input.aggregate(workload);
            loader.replace(all, OCTOBER);
            loader.replace(all, OCTOBER);
            assertThat(loader.rowsWithinAndOutside(OCTOBER)).containsExactly(124, 0);

            var day = input.aggregate(workload.within(new Period("2025-10-05", "2025-10-05")));
            var span = new Loader.Span(LocalDate.parse("2025-10-05"), LocalDate.parse("2025-10-05"));
            loader.replace(day, span);

            assertThat(loader.rowsWithinAndOutside(span)).containsExactly(4, 120);
            assertThat(LineComparison.exact(CanonicalLines.of(all), loader.lines(workload, OCTOBER)))
                    .isNull();
        }
    }

    @Test
    void leavesTheOldRowsWhereTheConnectionIsKilledInMidCopy() throws Exception {
        var generate = Map.<String, Object>of("scale", "PLAN_20K");
        var workload = Binding.generated(generate, Map.of());
        try (var input = Inputs.generated(generate)) {
            var result = input.aggregate(workload);
            var pieces = new AtomicInteger(Integer.MAX_VALUE);
            // Asked before each piece of COPY data: two pieces of the second load are on their way by then.
            Cancellation killing = () -> {
                if (isLoader() && pieces.decrementAndGet() == 0) {
                    kill("dyno_agg_killed");
                }
                return false;
            };
            var loader = Loader.open(account(), workload, "dyno_agg_killed", LATER, killing);
            loader.replace(result, OCTOBER);
            assertThat(Integer.MAX_VALUE - pieces.get()).isGreaterThan(4);
            pieces.set(3);

            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> loader.replace(result, OCTOBER))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.DATABASE_UNAVAILABLE));

            loader.close();
            assertThat(count("SELECT count(*) FROM dyno_agg_killed." + TableSchema.TABLE))
                    .isEqualTo(830);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesNoSchemaOfItsOwnWhereTheConnectionIsGone(boolean isNoticed) throws Exception {
        var workload = workload();
        try (var input = Inputs.generated(Map.of("scale", "SMALL"))) {
            var result = input.aggregate(workload);
            var loader = Loader.open(account(), workload, "dyno_agg__00000000cafe_0", null, Cancellation.NONE);
            loader.replace(result, OCTOBER);
            kill("dyno_agg__00000000cafe_0");
            if (isNoticed) {
                assertThatExceptionOfType(EngineException.class).isThrownBy(() -> loader.replace(result, OCTOBER));
            }

            loader.close();

            assertThat(count("SELECT count(*) FROM pg_namespace WHERE nspname = 'dyno_agg__00000000cafe_0'"))
                    .isZero();
        }
    }

    @Test
    void leavesOtherMonthsOfAKeptSchemaAlone() throws Exception {
        for (var month : List.of("2025-10", "2025-11", "2025-10")) {
            var workload = Binding.generated(
                    Map.of("pods", 10L, "nodes", 2L, "namespaces", 2L, "days", 2L, "month", month),
                    Map.of("outputSchema", "months"));

            var outcome = Trials.run(workload, Trials.context(Cancellation.NONE, Trials.secrets(database)));

            assertThat(outcome.verification().differences()).as(month).isEmpty();
        }

        assertThat(count("SELECT count(DISTINCT usage_start) FROM dyno_agg_months." + TableSchema.TABLE))
                .isEqualTo(4);
    }

    @Test
    void leavesTheTableAloneWhereAFileIsCutShort() throws Exception {
        var dataset = TestFolders.fresh("aggregation-cut");
        var rows = new RandomRows(new SplittableRandom(3)).pods(20);
        for (int part = 0; part < 10; part++) {
            PodFiles.pods(dataset.resolve("part-%d.parquet".formatted(part)), rows, 100);
        }
        var workload = Binding.bind(Map.of("input", Map.of("dataset", "mine"), "outputSchema", "cut"));
        var context = Trials.context(Cancellation.NONE, Trials.secrets(database), Map.of("mine", dataset));
        var digest = "SELECT hashtextextended(string_agg(t::text, chr(10) ORDER BY t.uuid), 0) FROM dyno_agg_cut.%s t"
                .formatted(TableSchema.TABLE);
        try (var trial = new AggregationEngine().prepare(workload, context)) {
            assertThat(count("SELECT count(*) FROM dyno_agg_cut." + TableSchema.TABLE))
                    .isPositive();
            long before = count(digest);
            var cut = dataset.resolve("part-7.parquet");
            byte[] whole = Files.readAllBytes(cut);
            Files.write(cut, Arrays.copyOf(whole, whole.length / 2));

            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(trial::invoke)
                    .withMessageContaining("part-7.parquet")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_INPUT));

            assertThat(count(digest)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"Pacific/Kiritimati, INSERT_BATCH", "America/Los_Angeles, COPY_TEXT"})
    void keepsEveryDayWhateverTheTimeZone(String zone, LoadMethod method) throws Exception {
        var before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            var workload = Binding.generated(Map.of("scale", "SMALL"), Map.of("loadMethod", method.name()));

            var outcome = Trials.run(workload, Trials.context(Cancellation.NONE, Trials.secrets(database)));

            assertThat(outcome.verification().differences()).isEmpty();
            assertThat(outcome.verification().digest()).isEqualTo(DigestsTest.SMALL);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void leavesTheOldRowsWhereTheLoadIsCancelled() throws Exception {
        var workload = workload();
        try (var input = Inputs.generated(Map.of("scale", "SMALL"))) {
            var result = input.aggregate(workload);
            var isArmed = new AtomicBoolean();
            Cancellation second = () -> isLoader() && isArmed.get();
            var loader = Loader.open(account(), workload, "dyno_agg_cancelled", LATER, second);
            loader.replace(result, OCTOBER);
            isArmed.set(true);

            assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> loader.replace(result, OCTOBER));

            loader.close();
            assertThat(count("SELECT count(*) FROM dyno_agg_cancelled." + TableSchema.TABLE))
                    .isEqualTo(124);
        }
    }

    @Test
    void saysThatTheDatabaseIsOutOfReachWithoutThePassword() {
        var nowhere = new Account("jdbc:postgresql://127.0.0.1:1/none", "somebody", "s3cr3t-w0rd");

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Loader.open(nowhere, workload(), "dyno_agg_x", LATER, Cancellation.NONE))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(FailureCode.DATABASE_UNAVAILABLE);
                    assertThat(e).hasMessageNotContaining("s3cr3t-w0rd");
                });
    }

    /// The watching thread asks too, but what is tested here is what the loading one finds.
    private static boolean isLoader() {
        return !Thread.currentThread().getName().equals("aggregation-load-watch");
    }

    /// Ends the sessions of that name, and returns once they are gone.
    private void kill(String applicationName) {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.prepareStatement("""
                        SELECT pg_terminate_backend(pid, 5000)
                        FROM pg_stat_activity
                        WHERE application_name = ?
                        """)) {
            statement.setString(1, applicationName);
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AggregationWorkload workload() {
        return Binding.generated(Map.of("scale", "SMALL"), Map.of());
    }

    private Account account() {
        return new Account(database.jdbcUrl(), database.user(), database.password());
    }

    private long count(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        }
    }
}
