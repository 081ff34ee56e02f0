package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.TrialContext;
import dyno.support.TestDatabase;
import java.sql.DriverManager;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Work that is cancelled at any moment: while input is made, read, aggregated, loaded or verified.
@Tag("long")
class CancellationTest {

    private static final int MOMENTS = 12;
    private static final int LATEST_MILLIS = 6_000;
    private static final int DEADLINE_SECONDS = 30;

    private final TestDatabase.Address database = TestDatabase.address();

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void endsSoonAndLeavesNothing(Strategy strategy, TestReporter reporter) throws Exception {
        var random = new SplittableRandom(strategy.ordinal());
        long longest = 0;
        var longestStage = "";
        for (int moment = 0; moment < MOMENTS; moment++) {
            // Another seed each time, so that input is generated anew.
            var workload = Binding.generated(
                    Map.of("scale", "PLAN_250K", "seed", 1_000L * strategy.ordinal() + moment),
                    Map.of("strategy", strategy.name()));
            var isCancelled = new AtomicBoolean();
            var context = Trials.context(isCancelled::get, Trials.secrets(database));
            var stage = new AtomicReference<>("prepare");
            // Threads of their own: the common pool may have one alone, which the work would hold.
            Executor ownThread = command -> Thread.ofPlatform().daemon().start(command);
            var running = CompletableFuture.runAsync(() -> goOn(workload, context, stage), ownThread);
            var cancelledAt = new AtomicLong();
            var stageThen = new AtomicReference<>("");
            CompletableFuture.delayedExecutor(random.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS, ownThread)
                    .execute(() -> {
                        cancelledAt.set(System.nanoTime());
                        stageThen.set(stage.get());
                        isCancelled.set(true);
                    });

            var failure = running.handle((nothing, thrown) -> thrown).get(DEADLINE_SECONDS, TimeUnit.SECONDS);

            long millis = (System.nanoTime() - cancelledAt.get()) / 1_000_000;
            assertThat(failure).hasCauseInstanceOf(CancellationException.class);
            assertThat(context.scratch().resolve("making")).doesNotExist();
            if (millis > longest) {
                longest = millis;
                longestStage = stageThen.get();
            }
            reporter.publishEntry("%s cancelled in %s".formatted(strategy, stageThen.get()), millis + " ms");
        }
        reporter.publishEntry("longest of " + strategy, "%d ms, in %s".formatted(longest, longestStage));
        assertThat(schemas()).isZero();
    }

    /// Each run is cancelled some looks later than the one before, until one runs through: so each place
    /// that looks is
    /// one that it was stopped at, or next to one.
    @ParameterizedTest
    @EnumSource(Strategy.class)
    void stopsWhereverItLooks(Strategy strategy) throws Exception {
        var workload =
                Binding.generated(Map.of("scale", "SMALL"), Map.of("strategy", strategy.name(), "chunkRows", 500L));
        int stopped = 0;
        boolean isThrough = false;
        for (int looks = 0; !isThrough; looks += 1 + looks / 4) {
            var left = new AtomicInteger(looks);
            var context = Trials.context(() -> left.getAndDecrement() <= 0, Trials.secrets(database));
            try (var trial = new AggregationEngine().prepare(workload, context)) {
                trial.invoke();
                trial.reset();
                assertThat(trial.verify().differences()).isEmpty();
                isThrough = true;
            } catch (CancellationException e) {
                stopped++;
            }
            assertThat(schemas()).as("after %d looks", looks).isZero();
            assertThat(context.scratch().resolve("making")).doesNotExist();
        }

        assertThat(stopped).isGreaterThan(5);
    }

    private static void goOn(AggregationWorkload workload, TrialContext context, AtomicReference<String> stage) {
        try (var trial = new AggregationEngine().prepare(workload, context)) {
            while (true) {
                stage.set("invoke");
                trial.invoke();
                stage.set("reset");
                trial.reset();
                stage.set("verify");
                trial.verify();
            }
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private long schemas() throws Exception {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement();
                var found = statement.executeQuery(
                        "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'dyno\\_agg\\_\\_%'")) {
            found.next();
            return found.getLong(1);
        }
    }
}
