package dyno.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuListTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | 1 | 0", "0-3 | 4 | 3", "0-11,24-35 | 24 | 35", "7,9 | 2 | 9", "'' | 0 | -1"})
    void readsTheKernelsLists(String text, int cpus, int last) {
        var list = CpuList.parse(text);

        assertThat(list.cardinality()).isEqualTo(cpus);
        assertThat(list.length() - 1).isEqualTo(last);
    }

    @Test
    void leavesOutWhatLiesBetweenTwoRanges() {
        assertThat(CpuList.parse("0-1,4-5").stream()).containsExactly(0, 1, 4, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3-1", "a", "1,,2", "1-"})
    void rejectsWhatIsNoList(String text) {
        assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> CpuList.parse(text));
    }
}
