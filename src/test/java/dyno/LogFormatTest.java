package dyno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "text", " "})
    void writesTextUnlessToldOtherwise(String format) {
        assertThat(LogFormat.settings(Map.of("DYNO_LOG_FORMAT", format))).isEmpty();
        assertThat(LogFormat.settings(Map.of())).isEmpty();
    }

    @Test
    void writesJsonToBothPlaces() {
        assertThat(LogFormat.settings(Map.of("DYNO_LOG_FORMAT", "ecs")))
                .containsExactly("--logging.structured.format.console=ecs", "--logging.structured.format.file=ecs");
    }

    @Test
    void refusesAFormatThatThereIsNot() {
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> LogFormat.settings(Map.of("DYNO_LOG_FORMAT", "xml")))
                .withMessage("DYNO_LOG_FORMAT is 'xml' and has to be text, ecs, gelf or logstash");
    }
}
