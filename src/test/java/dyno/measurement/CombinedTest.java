package dyno.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dyno.engine.Metrics;
import dyno.engine.Phase;
import dyno.engine.Phase.Clock;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.engine.Warning;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CombinedTest {

    private static final String DIGEST = "sha256:" + "0".repeat(64);

    @Test
    void takesTheMedianOfNumbers() {
        assertThat(combined(new Metrics().put("x", 1.0), new Metrics().put("x", 9.0), new Metrics().put("x", 2.0)))
                .containsExactly(entry("x", 2.0));
        assertThat(combined(new Metrics().put("x", 1.0), new Metrics().put("x", 2.0)))
                .containsExactly(entry("x", 1.5));
    }

    @Test
    void keepsWholeNumbersWholeAndExact() {
        long large = (1L << 53) + 1;

        assertThat(combined(
                        new Metrics().put("x", large), new Metrics().put("x", 1), new Metrics().put("x", large + 2)))
                .containsExactly(entry("x", large));
        assertThat(combined(new Metrics().put("x", 1), new Metrics().put("x", 2)))
                .containsExactly(entry("x", 1.5));
    }

    @Test
    void isTrueOnlyWhereEveryForkIs() {
        assertThat(combined(new Metrics().put("x", true), new Metrics().put("x", false)))
                .containsExactly(entry("x", false));
        assertThat(combined(new Metrics().put("x", true), new Metrics().put("x", true)))
                .containsExactly(entry("x", true));
    }

    @Test
    void takesTheFirstForksText() {
        assertThat(combined(new Metrics().put("x", "on"), new Metrics().put("x", "off")))
                .containsExactly(entry("x", "on"));
    }

    @Test
    void isNullWithItsReasonWhereOneForkIs() {
        assertThat(combined(new Metrics().put("x", 1), new Metrics().absent("x", "NO_PROC"), new Metrics().put("y", 1)))
                .containsExactly(
                        entry("x", null),
                        entry("xReason", "NO_PROC"),
                        entry("y", null),
                        entry("yReason", "NOT_IN_EVERY_FORK"));
    }

    @Test
    void keepsFiguresThatOnlySoundLikeReasons() {
        assertThat(combined(new Metrics().put("stopReason", "FULL"), new Metrics().put("stopReason", "FULL")))
                .containsExactly(entry("stopReason", "FULL"));
    }

    @Test
    void refusesToMixTextAndNumbers() {
        assertThat(combined(new Metrics().put("x", 1), new Metrics().put("x", "one")))
                .containsExactly(entry("x", null), entry("xReason", "TYPES_DIFFER"));
    }

    @Test
    void takesTheMedianOfPhases() {
        var phases = Combined.phases(List.of(
                List.of(Phase.of("read", 1, Clock.CPU), Phase.of("write", 4, Clock.CPU)),
                List.of(Phase.of("read", 3, Clock.CPU), Phase.unknown("write", Clock.CPU, "FUSED"))));

        assertThat(phases).containsExactly(Phase.of("read", 2, Clock.CPU), Phase.unknown("write", Clock.CPU, "FUSED"));
        assertThat(Combined.phases(List.of(List.of(Phase.of("read", 1, Clock.WALL)), List.of())))
                .containsExactly(Phase.unknown("read", Clock.WALL, "NOT_IN_EVERY_FORK"));
    }

    @Test
    void namesEachWarningOnce() {
        var warnings = Combined.warnings(List.of(
                List.of(new Warning("IN_CACHE", "first")),
                List.of(new Warning("IN_CACHE", "second"), new Warning("OVERSUBSCRIBED", "third"))));

        assertThat(warnings).containsExactly(new Warning("IN_CACHE", "first"), new Warning("OVERSUBSCRIBED", "third"));
    }

    @Test
    void passesOnlyWhatPassedInEveryFork() {
        var verification = Combined.verification(List.of(
                new Verification(DIGEST, null, List.of(Check.passed("a"), Check.passed("b"))),
                new Verification(DIGEST, null, List.of(Check.failed("a", "3 is not 4"), Check.passed("b")))));

        assertThat(verification.isPassed()).isFalse();
        assertThat(verification.differences()).isEqualTo("a: fork 1: 3 is not 4");
        assertThat(verification.checks()).extracting(Check::name).containsExactly("a", "b", "sameDigestEveryFork");
    }

    @Test
    void failsWhereForksHaveDifferentDigests() {
        var other = "sha256:" + "1".repeat(64);
        var verification = Combined.verification(
                List.of(new Verification(DIGEST, null, List.of()), new Verification(other, null, List.of())));

        assertThat(verification.isPassed()).isFalse();
        assertThat(verification.differences()).contains("fork 1 has " + other);
    }

    private static Map<String, Object> combined(Metrics... forks) {
        return Combined.figures(Arrays.stream(forks).map(Metrics::values).toList());
    }
}
