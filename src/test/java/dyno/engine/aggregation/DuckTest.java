package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.support.TestFolders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT nothing_of_that_name | ENGINE_ERROR",
                "SELECT FROM FROM | ENGINE_ERROR",
                "FROM nowhere | ENGINE_ERROR",
                "SELECT 'x'::INTEGER | INVALID_INPUT"
            })
    void tellsItsOwnMistakesFromDamagedInput(String sql, FailureCode code) {
        var spill = TestFolders.fresh("duck").resolve("spill");
        try (var duck = Duck.open(1, 64L << 20, spill, Cancellation.NONE)) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> duck.execute(sql))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(code));
        }
    }
}
