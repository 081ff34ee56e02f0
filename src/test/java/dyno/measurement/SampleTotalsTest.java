package dyno.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.InputFacts;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.measurement.Score.Better;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleTotalsTest {

    private final Random random = new Random(11);

    @ParameterizedTest
    @CsvSource({"bytes/s,HIGHER", "records/s,HIGHER", "ms/op,LOWER"})
    void giveTheSameFiguresAsTheSamplesDid(String unit, Better better) {
        for (int round = 0; round < 200; round++) {
            var forks = forks(1 + random.nextInt(6), 1 + random.nextInt(8));

            var kept = expired(unit, better, forks);

            assertThat(ForkMedians.logsOf(unit, better, kept))
                    .hasSize(forks.size())
                    .containsExactly(ForkMedians.logs(unit, better, forks));
            assertThat(kept.getFirst().totalInvocations())
                    .isEqualTo(forks.getFirst().stream()
                            .mapToLong(Sample::invocations)
                            .sum());
        }
    }

    @Test
    void giveNoFigureWhereTheSamplesGaveNone() {
        var forks = List.of(List.of(new Sample(5, 1, 1, 1)), List.of(new Sample(0, 1, 1, 1)));

        var kept = expired("bytes/s", Better.HIGHER, forks);

        assertThat(kept)
                .allSatisfy(fork -> assertThat(fork.sampleTotals().medianLog()).isNull());
        assertThat(ForkMedians.logsOf("bytes/s", Better.HIGHER, kept)).isEmpty();
    }

    @Test
    void giveNoFigureOfACaseWithoutScore() {
        assertThat(SampleTotals.of(null, null, List.of(List.of(new Sample(5, 2, 3, 4)))))
                .containsExactly(new SampleTotals(1, 5, 2, 3, 4, null));
    }

    private List<List<Sample>> forks(int forks, int iterations) {
        var all = new ArrayList<List<Sample>>();
        for (int fork = 0; fork < forks; fork++) {
            var samples = new ArrayList<Sample>();
            for (int i = 0; i < iterations; i++) {
                samples.add(new Sample(
                        1 + random.nextLong(1_000_000_000L),
                        1 + random.nextInt(9),
                        1 + random.nextLong(1_000_000),
                        1 + random.nextLong(1L << 40)));
            }
            all.add(samples);
        }
        return all;
    }

    private static List<MeasuredFork> expired(String unit, Better better, List<List<Sample>> forks) {
        return SampleTotals.of(unit, better, forks).stream()
                .map(totals -> new MeasuredFork(
                        0,
                        1,
                        List.of(),
                        List.of(),
                        new TrialReport(List.of(), Map.of(), List.of(), Map.of(), InputFacts.none()),
                        new Verification(null, "NOT_REPRODUCIBLE", List.of()),
                        Map.of(),
                        Map.of(),
                        totals))
                .toList();
    }
}
