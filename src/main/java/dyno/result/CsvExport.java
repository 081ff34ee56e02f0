package dyno.result;

import dyno.environment.Environment.Fact;
import dyno.measurement.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A run as a table of its cases, one line each, below a line of names. What is not known is blank.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
final class CsvExport {

    static final List<String> COLUMNS = List.of(
            "run",
            "job",
            "engine",
            "case",
            "startedAt",
            "finishedAt",
            "score",
            "unit",
            "better",
            "ci95Low",
            "ci95High",
            "forks",
            "samples",
            "speedup",
            "speedupLow",
            "speedupHigh",
            "secondsMedian",
            "secondsMin",
            "secondsMax",
            "withinForks",
            "betweenForks",
            "cpuSeconds",
            "allocatedBytes",
            "peakRssBytes",
            "gcSeconds",
            "verification",
            "failure",
            "grade",
            "fingerprint",
            "commit",
            "imported");

    private static final String LINE_END = "\r\n";

    private CsvExport() {}

    static String of(Run run) {
        var table = new StringBuilder(String.join(",", COLUMNS)).append(LINE_END);
        run.cases().forEach(result -> table.append(line(run, result)).append(LINE_END));
        return table.toString();
    }

    private static String line(Run run, CaseResult result) {
        var score = result.score();
        var interval = score == null ? null : score.ci95();
        var speedup = result.speedup();
        var speedupInterval = speedup == null ? null : speedup.ci95();
        var seconds = result.secondsPerInvocation();
        var variation = result.variation();
        return Arrays.<@Nullable Object>asList(
                        run.id(),
                        run.jobId(),
                        run.engine(),
                        result.name(),
                        run.startedAt(),
                        run.finishedAt(),
                        score == null ? null : score.value(),
                        score == null ? null : score.unit(),
                        score == null ? null : score.better(),
                        low(interval),
                        high(interval),
                        score == null ? null : score.forks(),
                        score == null ? null : score.samples(),
                        speedup == null ? null : speedup.ratio(),
                        low(speedupInterval),
                        high(speedupInterval),
                        seconds == null ? null : seconds.median(),
                        seconds == null ? null : seconds.min(),
                        seconds == null ? null : seconds.max(),
                        variation == null ? null : variation.withinForks(),
                        variation == null ? null : variation.betweenForks(),
                        result.resources().get("cpuSeconds"),
                        result.resources().get("allocatedBytes"),
                        result.resources().get("peakRssBytes"),
                        result.resources().get("gcSeconds"),
                        result.verification() == null
                                ? null
                                : result.verification().isPassed() ? "PASSED" : "FAILED",
                        result.failure() == null ? null : result.failure().code(),
                        run.quality().grade(),
                        run.environment().fingerprint(),
                        run.environment()
                                .facts()
                                .getOrDefault("build.commit", Fact.unknown("NOT_RECORDED"))
                                .value(),
                        run.imported())
                .stream()
                .map(CsvExport::field)
                .collect(Collectors.joining(","));
    }

    private static @Nullable Double low(@Nullable Interval interval) {
        return interval == null ? null : interval.low();
    }

    private static @Nullable Double high(@Nullable Interval interval) {
        return interval == null ? null : interval.high();
    }

    /// In quotes where it holds a comma, a quote or an end of line; quotes are doubled.
    private static String field(@Nullable Object value) {
        var text = value == null ? "" : value.toString();
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }
}
