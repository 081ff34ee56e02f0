package dyno.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkRangeTest {

    @ParameterizedTest
    @CsvSource({"10,3", "3,10", "0,1", "1048577,7", "9007199254740993,64"})
    void coversEverythingOnceAndEvenly(long total, int parts) {
        long end = 0;
        for (int part = 0; part < parts; part++) {
            var range = ChunkRange.of(total, parts, part);
            assertThat(range.from()).isEqualTo(end);
            assertThat(range.length()).isBetween(total / parts, total / parts + 1);
            end = range.end();
        }
        assertThat(end).isEqualTo(total);
    }

    @Test
    void hasNoPartBeyondTheLast() {
        assertThatIllegalArgumentException().isThrownBy(() -> ChunkRange.of(10, 3, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> ChunkRange.of(-1, 3, 0));
    }
}
