package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dyno.engine.etl.StageClock.Stage;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// On a thread whose CPU time is what the test says that its work, and each look at the clock, takes.
class StageClockTest {

    private long spent;
    private long before;
    private long after;
    private Random jitter = new Random(1);
    private int mostJitter = 1;

    /// A look at the clock takes time on either side of the moment that it tells.
    private long look() {
        spent += before + jitter.nextInt(mostJitter);
        long seen = spent;
        spent += after + jitter.nextInt(mostJitter);
        return seen;
    }

    private void readingsTake(long nanos) {
        before = nanos / 3;
        after = nanos - before;
    }

    private StageClock started() {
        var clock = new StageClock(true, this::look);
        clock.start();
        return clock;
    }

    /// Records one by one, as RECORD's producer has them.
    private interface Costs {
        long of(long record);
    }

    private StageTimes produce(long records, Costs extract, Costs handOver) {
        var clock = started();
        for (long record = 0; record <= records; record++) {
            boolean isTimed = clock.samples().begin(record);
            spent += record < records ? extract.of(record) : 1;
            if (isTimed) {
                clock.samples().lap(Stage.EXTRACT);
            }
            if (record < records) {
                spent += handOver.of(record);
                if (isTimed) {
                    clock.samples().lap(Stage.HAND_OVER);
                }
            }
            if (isTimed) {
                clock.samples().end();
            }
        }
        clock.stop();
        return clock.times();
    }

    @Test
    void neverSharesOutMoreThanTheThreadTook() {
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            readingsTake(random.nextInt(1_000));
            jitter = random;
            mostJitter = 1 + random.nextInt(300);
            spent = random.nextInt(1_000_000);
            int extracting = 1 + random.nextInt(200);
            int handing = 1 + random.nextInt(200);

            var times = produce(
                    1 + random.nextInt(3_000),
                    record -> random.nextInt(extracting),
                    // Now and then a thread is woken.
                    record -> random.nextInt(40) == 0 ? 20_000 : random.nextInt(handing));

            assertThat(times.nanos().values())
                    .as("seed %d", seed)
                    .allSatisfy(nanos -> assertThat(nanos).isNotNegative());
            assertThat(times.otherNanos()).as("seed %d", seed).isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 30, 300, 3_000})
    void takesOffWhatReadingsOfTheClockCost(long reading) {
        readingsTake(reading);

        var times = produce(100_000, record -> 25, record -> 75);

        long extract = times.nanos().get(Stage.EXTRACT);
        long handOver = times.nanos().get(Stage.HAND_OVER);
        assertThat((double) handOver / extract).isCloseTo(3, withinPercentage(1));
        // Of four readings a sample, what lies outside its first and its last one cannot be told from work.
        long samples = 48 + (100_000 - 8 * 63) / 64;
        assertThat(extract + handOver).isBetween(100_000 * 100L, 100_000 * 100L + (samples + 3) * reading + 100);
    }

    @Test
    void meetsWhatComesEverySoManyRecordsAsOftenAsItComes() {
        readingsTake(300);

        var times = produce(1_000_000, record -> 100, record -> record % 64 == 0 ? 6_400 : 0);

        assertThat((double) times.nanos().get(Stage.EXTRACT) / times.nanos().get(Stage.HAND_OVER))
                .isBetween(0.8, 1.25);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100, 1_000})
    void hasSamplesOfShortRunsToo(int records) {
        readingsTake(300);

        var times = produce(records, record -> 1_000, record -> 4_000);

        assertThat((double) times.nanos().get(Stage.HAND_OVER) / times.nanos().get(Stage.EXTRACT))
                .isCloseTo(4, withinPercentage(5));
    }

    @Test
    void timesOneRecordOfEachStretch() {
        var samples = new StageSamples(this::look);
        long timed = 0;
        for (long record = 0; record < 8 * 63 + 64 * 100; record++) {
            if (samples.begin(record)) {
                timed++;
                samples.end();
            }
        }

        assertThat(timed).isEqualTo(6 * 8 + 100);
    }

    @Test
    void givesEachMarkedPieceToItsStage() {
        readingsTake(300);
        var clock = started();
        for (int batch = 0; batch < 10; batch++) {
            spent += 5_000;
            clock.mark(Stage.TRANSFORM);
            spent += 7_000;
            clock.mark(Stage.LOAD);
        }
        spent += 1_000;
        clock.stop();

        var times = clock.times();
        assertThat(times.nanos())
                .containsEntry(Stage.TRANSFORM, 10 * 5_300L)
                .containsEntry(Stage.LOAD, 10 * 7_300L)
                .containsEntry(Stage.EXTRACT, 0L);
        assertThat(times.otherNanos()).isEqualTo(1_300);
    }

    @Test
    void countsWhatOtherThreadsDidForThisOne() {
        var clock = started();
        spent += 400;
        clock.addElsewhere(Stage.TRANSFORM, 350);
        clock.mark(Stage.TRANSFORM);
        clock.stop();

        assertThat(clock.times().nanos()).containsEntry(Stage.TRANSFORM, 750L);
        assertThat(clock.times().totalNanos()).isEqualTo(750);
    }

    @Test
    void saysNothingOfPiecesThatTheClockCannotTell() {
        var clock = new StageClock(true, () -> spent / 16_000_000 * 16_000_000);
        clock.start();
        for (int record = 0; record < 1_000; record++) {
            if (clock.samples().begin(record)) {
                clock.samples().lap(Stage.EXTRACT);
                clock.samples().lap(Stage.HAND_OVER);
                clock.samples().end();
            }
            spent += 1_000;
        }
        clock.stop();

        assertThat(clock.times().unknown())
                .containsEntry(Stage.EXTRACT, "CLOCK_TOO_COARSE")
                .containsEntry(Stage.HAND_OVER, "CLOCK_TOO_COARSE")
                .hasSize(2);
    }

    @Test
    void saysNothingWhereTheJvmTellsNoCpuTime() {
        var clock = new StageClock(true, () -> -1);
        clock.start();
        clock.mark(Stage.LOAD);
        clock.stop();

        assertThat(clock.times().nanos()).isEmpty();
        assertThat(clock.times().unknown()).hasSize(5).containsValue("NOT_SUPPORTED");
        assertThat(clock.times().otherNanos()).isZero();
    }

    @Test
    void knowsAStageOfSeveralThreadsOnlyWhereAllOfThemDo() {
        var one = started();
        spent += 10;
        one.mark(Stage.TRANSFORM);
        spent += 20;
        one.mark(Stage.LOAD);
        one.stop();
        var other = started();
        spent += 40;
        other.forget(Stage.TRANSFORM, StageClock.VIRTUAL_THREADS);
        other.mark(Stage.TRANSFORM);
        other.stop();

        var both = StageTimes.NONE.plus(one.times()).plus(other.times());

        assertThat(both.unknown()).containsOnlyKeys(Stage.TRANSFORM).containsValue("VIRTUAL_THREADS");
        assertThat(both.nanos()).doesNotContainKey(Stage.TRANSFORM).containsEntry(Stage.LOAD, 20L);
        assertThat(both.totalNanos()).isEqualTo(70);
        assertThat(both.otherNanos()).isEqualTo(50);
    }

    @Test
    void readsNothingWhileItIsOff() {
        var clock = new StageClock(false, () -> {
            throw new AssertionError("read");
        });
        clock.start();
        clock.mark(Stage.LOAD);
        clock.forget(Stage.LOAD, StageClock.VIRTUAL_THREADS);
        clock.stop();

        assertThat(clock.times().totalNanos()).isZero();
        assertThat(clock.times().unknown()).isEmpty();
    }
}
