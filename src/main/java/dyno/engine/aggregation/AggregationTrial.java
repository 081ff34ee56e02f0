package dyno.engine.aggregation;

import dyno.engine.InputFacts;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Work;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A case in one fork.
final class AggregationTrial implements Trial {

    static AggregationTrial prepare(AggregationWorkload workload, TrialContext context, AggregationSettings settings) {
        return new AggregationTrial();
    }

    @Override
    public Work invoke() {
        return new Work(0, 0);
    }

    @Override
    public Verification verify() throws IOException, InterruptedException {
        return new Verification(null, "X", List.of());
    }

    @Override
    public TrialReport report() {
        return new TrialReport(List.of(), Map.of(), List.of(), Map.of(), InputFacts.none());
    }

    @Override
    public void close() {}
}
