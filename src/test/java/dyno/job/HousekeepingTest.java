package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dyno.support.SettableClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HousekeepingTest {

    private final SettableClock clock = new SettableClock();
    private final List<String> done = new ArrayList<>();
    private int batchesLeft = 3;
    private boolean isMeasuring;

    private final Housekeeping housekeeping = new Housekeeping(
            List.of(
                    () -> {
                        done.add("samples");
                        batchesLeft--;
                        return batchesLeft > 0;
                    },
                    () -> {
                        done.add("purge");
                        return false;
                    }),
            () -> isMeasuring,
            clock);

    @Test
    void doesEveryBatchOfEachChoreInOrder() {
        housekeeping.keep();

        assertThat(done).containsExactly("samples", "samples", "samples", "purge");
    }

    @Test
    void doesTheOthersWhereOneFails() {
        var failing = new Housekeeping(
                List.of(
                        () -> {
                            throw new IllegalStateException("a policy that cannot be asked for");
                        },
                        () -> {
                            done.add("purge");
                            return false;
                        }),
                () -> isMeasuring,
                clock);

        assertThatIllegalStateException().isThrownBy(failing::keep).withMessageContaining("a policy");
        assertThat(done).containsExactly("purge");
    }

    @Test
    void doesNothingWhileThisNodeMeasures() {
        isMeasuring = true;

        housekeeping.keep();

        assertThat(done).isEmpty();
    }

    @Test
    void stopsBetweenBatchesWhenAMeasurementBegins() {
        var interrupted = new Housekeeping(
                List.of(() -> {
                    done.add("batch");
                    isMeasuring = true;
                    return true;
                }),
                () -> isMeasuring,
                clock);

        interrupted.keep();

        assertThat(done).containsExactly("batch");
    }

    @Test
    void waitsNoLongerThanADay() {
        isMeasuring = true;
        housekeeping.keep();
        clock.pass(Housekeeping.LONGEST_DELAY.minusMillis(1));
        housekeeping.keep();
        assertThat(done).isEmpty();

        clock.pass(Housekeeping.LONGEST_DELAY);
        housekeeping.keep();

        assertThat(done).containsExactly("samples", "samples", "samples", "purge");
    }

    @Test
    void countsADelayFromItsBeginning() {
        isMeasuring = true;
        housekeeping.keep();
        isMeasuring = false;
        housekeeping.keep();
        done.clear();
        clock.pass(Housekeeping.LONGEST_DELAY.multipliedBy(2));

        isMeasuring = true;
        housekeeping.keep();

        assertThat(done).isEmpty();
    }

    @Test
    void waitsNoLongerThanADayWhereTheClockWasAhead() {
        isMeasuring = true;
        var now = clock.instant();
        clock.pass(Housekeeping.LONGEST_DELAY.multipliedBy(365));
        housekeeping.keep();
        clock.set(now);
        housekeeping.keep();
        clock.pass(Housekeeping.LONGEST_DELAY);

        housekeeping.keep();

        assertThat(done).containsExactly("samples", "samples", "samples", "purge");
    }
}
