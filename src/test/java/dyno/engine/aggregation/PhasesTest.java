package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Cancellation;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What phases tell against what invocations took.
@Tag("long")
class PhasesTest {

    private static final int INVOCATIONS = 3;
    private static final double LEAST_SHARE = 0.9;
    /// Two clocks are read one after the other.
    private static final double MOST_SHARE = 1.01;

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void coverNineTenthsOfAnInvocation(Strategy strategy) throws Exception {
        var workload = Binding.generated(
                Map.of("scale", "PLAN_1M"), Map.of("strategy", strategy.name(), "loadMethod", "NONE"));
        try (var trial = new AggregationEngine().prepare(workload, Trials.context(Cancellation.NONE, Map.of()))) {
            trial.invoke();
            trial.reset();
            trial.measuringStarts();
            long nanos = 0;
            for (int i = 0; i < INVOCATIONS; i++) {
                long start = System.nanoTime();
                trial.invoke();
                nanos += System.nanoTime() - start;
                trial.reset();
            }

            double phases = trial.report().phases().stream()
                    .mapToDouble(phase -> Objects.requireNonNullElse(phase.seconds(), 0.0))
                    .sum();
            double seconds = nanos / 1e9 / INVOCATIONS;
            assertThat(phases).isBetween(LEAST_SHARE * seconds, MOST_SHARE * seconds);
        }
    }
}
