package dyno.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.measurement.Plan.Mode;
import dyno.web.ProblemException;
import org.junit.jupiter.api.Test;

class CapacityTest {

    private final Capacity capacity = new Capacity(1_000, 100, () -> 500, 200);

    @Test
    void lendsTheFreeDiskLessTheReserveAndNoByteMore() {
        assertThatCode(() -> capacity.requireRoom(Mode.MEASURE, 0, 300)).doesNotThrowAnyException();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> capacity.requireRoom(Mode.MEASURE, 0, 301))
                .withMessageContaining("the job needs 301 bytes of disk, but 300 are free beyond the reserve of 200");
    }

    @Test
    void lendsNothingOfADiskThatHasLessThanTheReserve() {
        var full = new Capacity(1_000, 100, () -> 100, 200);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> full.requireRoom(Mode.SMOKE, 0, 1))
                .withMessageContaining("but 0 are free");
    }
}
