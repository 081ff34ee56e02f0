package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.job.ForkOrder.Turn;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForkOrderTest {

    @ParameterizedTest
    @CsvSource({"3, 3, ABCBCACAB", "1, 3, AAA", "2, 3, ABBAAB", "3, 1, ABC"})
    void rotates(int cases, int forks, String order) {
        assertThat(ForkOrder.of(cases, forks).stream()
                        .map(turn -> String.valueOf((char) ('A' + turn.caseIndex())))
                        .collect(Collectors.joining()))
                .isEqualTo(order);
    }

    @Test
    void runsEachForkOfEachCaseOnce() {
        assertThat(ForkOrder.of(4, 3)).hasSize(12).doesNotHaveDuplicates().contains(new Turn(3, 2), new Turn(0, 0));
    }
}
