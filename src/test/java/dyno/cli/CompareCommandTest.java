package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompareCommandTest {

    static final String REGRESSION = """
            {"baseline": {"runId": "a", "commit": "0123456789abcdef"}, "candidate": {"runId": "b", "commit": null},
             "comparable": true, "verdict": "REGRESSION",
             "differences": [{"fact": "build.commit", "baseline": "0123456789abcdef", "candidate": null},
                             {"fact": "governor", "baseline": "powersave", "candidate": "performance"}],
             "cases": [
               {"name": "legacy", "verdict": "REGRESSION", "effect": -0.0594, "ci95": [-0.0832, -0.0361],
                "pValue": 3.3e-4, "adjustedP": 6.6e-4, "minimumDetectableEffect": 0.031, "forksNeeded": 6,
                "deltas": {"cpuSeconds": 0.061, "allocatedBytes": 0, "gcSeconds": null}, "differences": []},
               {"name": "direct", "verdict": "INCONCLUSIVE", "effect": 0.0101, "ci95": [-0.1, 0.11],
                "pValue": 0.89, "adjustedP": 0.89, "minimumDetectableEffect": 0.261, "forksNeeded": 233,
                "deltas": null, "differences": []},
               {"name": "huge", "verdict": "INSUFFICIENT_DATA", "effect": null, "effectReason": "NO_SCORE",
                "pValue": null, "pValueReason": "NO_SCORE", "adjustedP": null},
               {"name": "new", "verdict": "INCOMPARABLE", "verdictReason": "NOT_IN_BASELINE", "effect": null}]}""";

    private final PlayedApi api = new PlayedApi();
    private final Played played = new Played();

    @BeforeEach
    void name() {
        played.with("DYNO_SERVER", api.base().toString());
        api.on("GET /api/v1/comparisons?baseline=a&candidate=b", PlayedApi.json(200, REGRESSION));
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void printsWhatBecameOfEachCaseAndExitsWithFour() {
        assertThat(played.run("compare", "a", "b")).isEqualTo(ExitCode.REGRESSION);

        assertThat(played.out()).isEqualTo("""
                run b against run a (0123456789ab): regression
                  case     effect   95 %               p         cpu      allocated   verdict
                  legacy   -5.9 %   -8.3 % to -3.6 %   0.00066   +6.1 %   +0.00 %     regression
                  direct   +1.0 %   -10 % to +11 %     0.89                           inconclusive        \
                sees 26 %; needs 233 forks
                  huge                                                                insufficient data   no score
                  new                                                                 incomparable        \
                not in baseline
                  differs: build.commit null, was 0123456789abcdef
                  differs: governor performance, was powersave
                """);
        assertThat(played.err()).isEmpty();
    }

    @Test
    void printsTheAnswerForPrograms() {
        assertThat(played.run("compare", "a", "b", "--json")).isEqualTo(ExitCode.REGRESSION);

        assertThat(Json.parse(played.out())).isEqualTo(Json.parse(REGRESSION));
    }

    @Test
    void exitsWithZeroWhereNothingBecameWorse() {
        api.on(
                "GET /api/v1/comparisons?baseline=main&candidate=b&margin=0.05",
                PlayedApi.json(200, REGRESSION.replace("REGRESSION", "IMPROVEMENT")));

        assertThat(played.run("compare", "main", "b", "--margin", "0.05")).isEqualTo(ExitCode.FINE);
    }

    @Test
    void exitsWithTwoWhereARunIsNotThere() {
        assertThat(played.run("compare", "a", "c")).isEqualTo(ExitCode.USAGE);

        assertThat(played.err()).contains("404 not-found");
    }
}
