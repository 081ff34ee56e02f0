package dyno.engine.etl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A batch size that follows the rate by a rule, and the trace of how it did.
///
/// [#current] is safe for any number of threads, the rest is used by the pipeline's watch, and by others afterwards.
final class AdaptiveSizer implements BatchSizer {

    private static final int MOST_ENTRIES = 256;

    /// One decision.
    record Decision(long window, double rate, int before, int after) {

        Map<String, Object> tree() {
            return Map.of("window", window, "rate", rate, "before", before, "after", after);
        }
    }

    private final Rule rule;
    private final List<Decision> trace = new ArrayList<>();
    private volatile int current;
    private long windows;

    AdaptiveSizer(Rule rule, int first) {
        this.rule = rule;
        this.current = first;
    }

    /// A pure function of its state and a rate, which gives the next size and remembers the next state.
    interface Rule {
        int next(int size, double ratePerSecond);
    }

    @Override
    public int current() {
        return current;
    }

    @Override
    public void windowEnded(double ratePerSecond) {
        int before = current;
        int after = rule.next(before, ratePerSecond);
        current = after;
        if (trace.size() < MOST_ENTRIES) {
            trace.add(new Decision(windows, ratePerSecond, before, after));
        }
        windows++;
    }

    @Override
    public boolean isAdaptive() {
        return true;
    }

    List<Decision> trace() {
        return List.copyOf(trace);
    }
}
