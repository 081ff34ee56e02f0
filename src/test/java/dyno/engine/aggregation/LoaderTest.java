package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.Cancellation;
import dyno.engine.Databases.Account;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.support.TestDatabase;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

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
            assertThat(LineComparison.exact(CanonicalLines.of(all), loader.lines(workload)))
                    .isNull();
        }
    }

    @Test
    void leavesTheOldRowsWhereTheConnectionIsKilledInMidCopy() throws Exception {
        var workload = workload();
        try (var input = Inputs.generated(Map.of("scale", "SMALL"))) {
            var result = input.aggregate(workload);
            var isArmed = new AtomicBoolean();
            // Asked before each piece of COPY data: kills the session at the first one of the second load.
            Cancellation killing = () -> {
                if (!isLoader() || !isArmed.compareAndSet(true, false)) {
                    return false;
                }
                try (var connection =
                                DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                        var statement = connection.createStatement()) {
                    statement.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                            + " WHERE application_name = 'dyno_agg_killed'");
                } catch (java.sql.SQLException e) {
                    throw new IllegalStateException(e);
                }
                return false;
            };
            var loader = Loader.open(account(), workload, "dyno_agg_killed", LATER, killing);
            loader.replace(result, OCTOBER);
            isArmed.set(true);

            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> loader.replace(result, OCTOBER))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.DATABASE_UNAVAILABLE));

            loader.close();
            assertThat(count("SELECT count(*) FROM dyno_agg_killed." + TableSchema.TABLE))
                    .isEqualTo(124);
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
