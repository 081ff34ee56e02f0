package dyno.result;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A run as gauges, each with the time at which it ended. What is not known is left out.
///
/// @see <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics 1.0</a>
final class OpenMetricsExport {

    private final Run run;
    private final StringBuilder text = new StringBuilder();

    private OpenMetricsExport(Run run) {
        this.run = run;
    }

    static String of(Run run) {
        var export = new OpenMetricsExport(run);
        export.family("dyno_run_score", "Score of a case, in its own unit", OpenMetricsExport::score);
        export.family("dyno_run_score_ci_low", "Lower end of the score's interval of 95 %", result -> {
            var score = result.score();
            return score == null || score.ci95() == null ? null : score.ci95().low();
        });
        export.family("dyno_run_score_ci_high", "Upper end of the score's interval of 95 %", result -> {
            var score = result.score();
            return score == null || score.ci95() == null ? null : score.ci95().high();
        });
        export.family(
                "dyno_run_speedup",
                "Score over the baseline variant's",
                result -> result.speedup() == null ? null : result.speedup().ratio());
        export.family(
                "dyno_run_invocation_seconds",
                "Median time of one invocation",
                result -> result.secondsPerInvocation() == null
                        ? null
                        : result.secondsPerInvocation().median());
        return export.text.append("# EOF\n").toString();
    }

    private static @Nullable Double score(CaseResult result) {
        return result.score() == null ? null : result.score().value();
    }

    private void family(String name, String help, Function<CaseResult, @Nullable Double> value) {
        text.append("# TYPE ").append(name).append(" gauge\n");
        if (name.endsWith("_seconds")) {
            text.append("# UNIT ").append(name).append(" seconds\n");
        }
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        for (var result : run.cases()) {
            var figure = value.apply(result);
            if (figure != null) {
                text.append(name)
                        .append("{engine=\"")
                        .append(escaped(run.engine()))
                        .append("\",case=\"")
                        .append(escaped(result.name()))
                        .append("\",unit=\"")
                        .append(escaped(
                                result.score() == null ? "" : result.score().unit()))
                        .append("\"} ")
                        .append(figure)
                        .append(' ')
                        .append(seconds(run.finishedAt()))
                        .append('\n');
            }
        }
    }

    /// Seconds since 1970, with their fraction.
    private static String seconds(Instant instant) {
        return BigDecimal.valueOf(instant.getEpochSecond())
                .add(BigDecimal.valueOf(instant.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
