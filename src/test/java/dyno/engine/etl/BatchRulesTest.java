package dyno.engine.etl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class BatchRulesTest {

    @Test
    void growsByAFifthBelowTheTarget() {
        assertThat(sizes(new RatioRule(1_000, 1, 10_000), 100, size -> 100)).startsWith(120, 144, 172);
    }

    @Test
    void shrinksByATenthAboveTheTarget() {
        assertThat(sizes(new RatioRule(1_000, 1, 10_000), 100, size -> 2_000)).startsWith(90, 81, 72);
    }

    @Test
    void stopsAtItsBounds() {
        assertThat(sizes(new RatioRule(1_000, 1, 150), 100, size -> 1)).startsWith(120, 144, 150, 150);
        assertThat(sizes(new RatioRule(1_000, 80, 150), 100, size -> 9_999)).startsWith(90, 81, 80, 80);
        assertThat(sizes(new RatioRule(1_000, 1, 10), 1, size -> 1)).startsWith(2, 3, 4);
    }

    @Test
    void staysNearTheTarget() {
        assertThat(sizes(new RatioRule(1_000, 1, 150), 100, size -> 1_100)).containsOnly(100);
    }

    @Test
    void climbsToTheBestSize() {
        var rule = new HillClimbRule(1, 10_000);
        // Best around 500, worse on either side.
        var sizes = sizes(rule, 100, size -> 1_000 - Math.abs(Math.log(size / 500.0)) * 300);

        assertThat(sizes).startsWith(150, 225, 338, 507, 761);
        assertThat(sizes.getLast()).isBetween(330, 770);
    }

    @Test
    void settlesWhereNothingChanges() {
        var rule = new HillClimbRule(1, 10_000);

        sizes(rule, 100, size -> 1_000);

        assertThat(rule.isSettled()).isTrue();
    }

    @Test
    void startsAgainWhenTheRateFalls() {
        var rule = new HillClimbRule(1, 10_000);
        int size = 100;
        for (int i = 0; i < 10; i++) {
            size = rule.next(size, 1_000);
        }
        assertThat(rule.isSettled()).isTrue();
        for (int i = 0; i < 4; i++) {
            size = rule.next(size, 800);
            assertThat(rule.isSettled()).isTrue();
        }
        rule.next(size, 800);

        assertThat(rule.isSettled()).isFalse();
    }

    @Test
    void doublesTheWaitBetweenAttempts() {
        var policy = new RetryPolicy(9, 10, 100);

        assertThat(List.of(policy.limitNanos(1), policy.limitNanos(2), policy.limitNanos(3), policy.limitNanos(9)))
                .containsExactly(10L, 20L, 40L, 100L);
        assertThat(new RetryPolicy(100, Long.MAX_VALUE / 2, Long.MAX_VALUE).limitNanos(100))
                .isPositive();
        assertThat(new RetryPolicy(100, 0, 100).limitNanos(100)).isZero();
    }

    @Test
    void saysWhichRecordsAreDue() {
        var pacer = new Pacer(1_000, 1e9 / 100);

        assertThat(pacer.dueNanos(3)).isEqualTo(1_300);
        assertThat(pacer.due(0, 999, 10)).isZero();
        assertThat(pacer.due(0, 1_000, 10)).isEqualTo(1);
        assertThat(pacer.due(1, 1_350, 10)).isEqualTo(3);
        assertThat(pacer.due(1, 1_350, 2)).isEqualTo(2);
    }

    private static List<Integer> sizes(AdaptiveSizer.Rule rule, int first, IntToDoubleFunction rate) {
        var sizes = new ArrayList<Integer>();
        int size = first;
        for (int i = 0; i < 20; i++) {
            size = rule.next(size, rate.applyAsDouble(size));
            sizes.add(size);
        }
        return sizes;
    }
}
