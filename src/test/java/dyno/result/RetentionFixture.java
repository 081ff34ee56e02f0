package dyno.result;

import dyno.result.RetentionProperties.Policy;
import dyno.support.SettableClock;
import dyno.support.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.DoubleStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.util.unit.DataSize;

/// What keeps runs for a time, on a database of its own and a clock that tests move.
final class RetentionFixture {

    static final Instant FIRST_DAY = Instant.parse("2026-01-01T12:00:00Z");

    final SettableClock clock = new SettableClock();
    final DataSource database = TestDatabase.fresh();
    final JdbcClient jdbc = JdbcClient.create(database);
    final ResultStore runs = new ResultStore(jdbc, event -> {});
    final HistoryStore history = new HistoryStore(jdbc);
    final BaselineStore baselines = new BaselineStore(jdbc, clock);
    final AlertStore alerts = new AlertStore(jdbc, clock, event -> {});

    /// Runs that are being measured again, with the job.
    final Map<UUID, UUID> unfinished = new HashMap<>();

    private final Random random = new Random(7);

    RetentionFixture emptied() {
        jdbc.sql("TRUNCATE environment, run, case_result, fork, run_exclusion, baseline, alert, job CASCADE")
                .update();
        clock.set(FIRST_DAY);
        unfinished.clear();
        return this;
    }

    static Policy policy(Map<String, String> labels, @Nullable Duration samplesFor, @Nullable Duration runsFor) {
        return new Policy(labels, samplesFor, runsFor);
    }

    static Policy all(@Nullable Duration samplesFor, @Nullable Duration runsFor) {
        return policy(Map.of(), samplesFor, runsFor);
    }

    static RetentionProperties settings(Policy... policies) {
        return new RetentionProperties(
                List.of(policies),
                Duration.ofDays(7),
                5,
                Duration.ofHours(24),
                DataSize.ofGigabytes(50),
                DataSize.ofGigabytes(50));
    }

    RunRetention retention(Policy... policies) {
        return new RunRetention(
                jdbc,
                clock,
                settings(policies),
                new KeptRuns(jdbc, reruns()),
                new LevelChanges(runs, history, 5),
                new SampleExpiry(jdbc, runs, new JdbcTransactionManager(database)));
    }

    RunDeletions deletions() {
        return new RunDeletions(jdbc, clock, settings(), baselines, reruns());
    }

    private ObjectProvider<Reruns> reruns() {
        var queue = new Reruns() {
            @Override
            public boolean isRepeatable(Run run) {
                throw new AssertionError("nobody asked for it");
            }

            @Override
            public UUID rerun(Run run) {
                throw new AssertionError("nobody asked for it");
            }

            @Override
            public Map<UUID, UUID> unfinished() {
                return unfinished;
            }
        };
        return new StaticListableBeanFactory(Map.of("reruns", queue)).getBeanProvider(Reruns.class);
    }

    Run store(ScoredRuns run) {
        var built = run.run();
        runs.add(built);
        return built;
    }

    /// A run of case `a` on a day, 0 for the first, whose forks scatter by half a percent around a level.
    Run onDay(int day, double level) {
        return store(ScoredRuns.at(FIRST_DAY.plus(Duration.ofDays(day))).scored("a", forks(level)));
    }

    double[] forks(double level) {
        return DoubleStream.generate(() -> level * (1 + 0.005 * random.nextGaussian()))
                .limit(3)
                .toArray();
    }

    void setDay(int day) {
        clock.set(FIRST_DAY.plus(Duration.ofDays(day)));
    }

    boolean isThere(Run run) {
        return runs.find(run.id(), false).isPresent();
    }

    boolean hasSamples(Run run) {
        return runs.find(run.id(), true).orElseThrow().cases().getFirst().forks().stream()
                .noneMatch(fork -> fork.samples().isEmpty());
    }

    /// Of all runs that nobody deleted, oldest first.
    List<UUID> left() {
        return jdbc.sql("SELECT id FROM run WHERE deleted_at IS NULL ORDER BY started_at")
                .query(UUID.class)
                .list();
    }

    long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }
}
