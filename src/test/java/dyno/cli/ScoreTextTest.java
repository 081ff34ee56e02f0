package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreTextTest {

    private final ScoreText text = new ScoreText(new Terminal.Glyphs("+-", "x"));

    @ParameterizedTest
    @CsvSource({
        "100, 98,  102, +- 2.0 %",
        "100, 84,  120, +- 18 %",
        "100, 62,  162, -38 % +62 %",
        "100, 0.1, 400, -100 % +300 %",
    })
    void showsOneFigureForBothSidesWhereTheyAreNearlyEqual(double value, double low, double high, String expected) {
        var score = Json.parse("{\"value\": %s, \"ci95\": [%s, %s]}".formatted(value, low, high));

        assertThat(text.interval(score)).isEqualTo(expected);
    }

    @Test
    void saysWhyThereIsNothingToShow() {
        var score = Json.parse("""
                {"value": null, "valueReason": "NOTHING_LOADED", "unit": "records/s",
                 "ci95": null, "ci95Reason": "NEEDS_3_FORKS"}""");

        assertThat(text.value(score)).isEqualTo("none (nothing loaded)");
        assertThat(text.interval(score)).isEqualTo("needs 3 forks");
        assertThat(text.speedup(Json.parse("{\"speedup\": null, \"speedupReason\": \"UNITS_DIFFER\"}")))
                .isEqualTo("units differ");
    }

    @Test
    void showsASpeedupWithAndWithoutItsInterval() {
        assertThat(text.speedup(Json.parse("{\"speedup\": {\"ratio\": 8.7, \"ci95\": [8.3, 9.1]}}")))
                .isEqualTo("8.70x [8.30, 9.10]");
        assertThat(text.speedup(Json.parse("{\"speedup\": {\"ratio\": 8.7, \"ci95\": null}}")))
                .isEqualTo("8.70x");
    }

    @Test
    void leavesEmptyWhatNobodyAskedFor() {
        assertThat(text.value(Json.parse("null"))).isEmpty();
        assertThat(text.interval(Json.parse("null"))).isEmpty();
        assertThat(text.speedup(Json.parse("{\"speedupReason\": \"NO_BASELINE\"}")))
                .isEmpty();
    }
}
