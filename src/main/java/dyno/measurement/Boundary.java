package dyno.measurement;

import java.util.Arrays;
import java.util.Optional;

/// How far a case's next score may be from its history, by one of three rules.
public final class Boundary {

    /// How the boundary follows from the history.
    public enum Rule {
        /// Mean ± `limit` of it: 0.1 is 10 %.
        PERCENTAGE,
        /// Prediction interval of one further score with confidence `limit` (Student's t): 0.99.
        T_TEST,
        /// Quartiles ± `limit` interquartile ranges (Tukey): 1.5 or 3.
        IQR
    }

    private final Rule rule;
    private final double limit;

    /// @param limit above 0; below 1 where the rule is `T_TEST`
    public Boundary(Rule rule, double limit) {
        this.rule = rule;
        this.limit = limit;
    }

    /// @param history scores, in any order
    /// @return what a further score may lie in; empty where the history has too few for the rule: one,
    ///         and two where the rule is `T_TEST`
    public Optional<Interval> around(double[] history) {
        if (history.length < (rule == Rule.T_TEST ? 2 : 1)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (rule) {
                    case PERCENTAGE -> percentage(LogRatio.mean(history));
                    case T_TEST -> prediction(history);
                    case IQR -> fences(history);
                });
    }

    private Interval percentage(double mean) {
        return new Interval(mean * (1 - limit), mean * (1 + limit));
    }

    private Interval prediction(double[] history) {
        double mean = LogRatio.mean(history);
        double reach = LogRatio.quantile(limit, history.length - 1.0)
                * Math.sqrt(LogRatio.variance(history) * (1 + 1.0 / history.length));
        return new Interval(mean - reach, mean + reach);
    }

    private Interval fences(double[] history) {
        var sorted = history.clone();
        Arrays.sort(sorted);
        double low = Throughput.TYPE_7.evaluate(sorted, 0.25);
        double high = Throughput.TYPE_7.evaluate(sorted, 0.75);
        double reach = limit * (high - low);
        return new Interval(low - reach, high + reach);
    }
}
