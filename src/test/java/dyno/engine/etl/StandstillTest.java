package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StandstillTest {

    private final Stop stop = new Stop();

    @Test
    void endsAPipelineInWhichNothingMoves() {
        var standstill = standstill("loadTimeoutMillis", 1_000, "maxAttempts", 3, "backoffMaxMillis", 1_000);

        standstill.look(7, seconds(1), stop);
        standstill.look(7, seconds(34), stop);
        assertThat(stop.isStopping()).isFalse();
        standstill.look(7, seconds(36), stop);

        assertThat(stop.error()).isInstanceOf(PipelineException.class).hasMessageContaining("Nothing moved");
    }

    @Test
    void beginsAgainWheneverSomethingMoved() {
        var standstill = standstill("loadTimeoutMillis", 1_000, "maxAttempts", 3, "backoffMaxMillis", 1_000);

        for (int look = 1; look < 10; look++) {
            standstill.look(look, seconds(30 * look), stop);
        }

        assertThat(stop.isStopping()).isFalse();
    }

    /// A record a second, and loads of 500 or of those of two minutes.
    @Test
    void waitsForABatchThatGathersSlowly() {
        var standstill = standstill(
                "profile", "ORIGINAL", "targetRatePerSecond", 1.0, "loadTimeoutMillis", 1_000, "maxAttempts", 1);

        standstill.look(0, seconds(1), stop);
        standstill.look(0, seconds(121), stop);

        assertThat(stop.isStopping()).isFalse();
    }

    @Test
    void waitsForABatchThatNoAgeEnds() {
        var standstill = standstill(
                "batchTimeoutMillis", null, "targetRatePerSecond", 0.5, "batchSize", 100, "loadTimeoutMillis", 1_000);

        standstill.look(0, seconds(1), stop);
        standstill.look(0, seconds(201), stop);

        assertThat(stop.isStopping()).isFalse();
    }

    private static Standstill standstill(Object... fields) {
        return new Standstill(Assembly.settings(Workloads.of(fields), 2, 0), 0);
    }

    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }
}
