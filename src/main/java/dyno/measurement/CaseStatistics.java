package dyno.measurement;

import dyno.engine.JobCase.Totals;
import dyno.engine.ScoreUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the samples of a case say. Samples come fork by fork, each fork's in order; none is left out.
public final class CaseStatistics {

    /// Fewer forks give no interval: two would make one that is 12.7 standard errors wide to each side.
    static final int FORKS_FOR_INTERVAL = 3;

    static final String NEEDS_3_FORKS = "NEEDS_3_FORKS";
    static final double CONFIDENCE = 0.95;

    private CaseStatistics() {}

    /// Geometric mean over forks of each fork's median iteration throughput, with a Student-t interval on the logs.
    public static Score score(ScoreUnit unit, List<List<Sample>> forks) {
        var throughput = Throughput.of(unit, forks);
        var logs = throughput.medianLogs();
        Double value = null;
        Interval interval = null;
        var intervalReason = throughput.absenceReason();
        if (intervalReason == null) {
            double mean = LogRatio.mean(logs);
            value = Math.exp(mean);
            if (logs.length < FORKS_FOR_INTERVAL) {
                intervalReason = NEEDS_3_FORKS;
            } else {
                double reach =
                        LogRatio.quantile(CONFIDENCE, logs.length - 1.0) * Math.sqrt(LogRatio.squaredErrorOfMean(logs));
                interval = new Interval(Math.exp(mean - reach), Math.exp(mean + reach));
            }
        }
        return new Score(
                value,
                throughput.absenceReason(),
                unit.unit(),
                Score.Better.HIGHER,
                interval,
                intervalReason,
                forks.size(),
                forks.stream().mapToInt(List::size).sum());
    }

    /// Seconds of one invocation, over all samples pooled.
    ///
    /// @throws IllegalArgumentException where there is no sample
    public static SecondsPerInvocation secondsPerInvocation(List<List<Sample>> forks) {
        var seconds = pooledSeconds(forks);
        if (seconds.length == 0) {
            throw new IllegalArgumentException("There are no samples");
        }
        double median = Throughput.median(seconds);
        var deviations =
                Arrays.stream(seconds).map(value -> Math.abs(value - median)).toArray();
        var p95 = Tail.of(seconds, 95);
        var p99 = Tail.of(seconds, 99);
        return new SecondsPerInvocation(
                median,
                seconds[0],
                seconds[seconds.length - 1],
                p95.value(),
                p95.reason(),
                p99.value(),
                p99.reason(),
                Throughput.median(deviations));
    }

    /// How much iterations and forks differ.
    public static Variation variation(ScoreUnit unit, List<List<Sample>> forks) {
        var within = Spread.within(unit, forks);
        var between = Spread.between(unit, forks);
        var fences = Fences.of(pooledSeconds(forks));
        return new Variation(
                within.value(), within.reason(), between.value(), between.reason(), fences.mild(), fences.severe());
    }

    /// Sums over all samples, and the slowest and fastest of them.
    ///
    /// @throws IllegalArgumentException where there is no sample
    public static Totals totals(ScoreUnit unit, List<List<Sample>> forks) {
        var samples = forks.stream().flatMap(List::stream).toList();
        var perSecond = Arrays.stream(Throughput.perSecond(unit, samples)).summaryStatistics();
        if (perSecond.getCount() == 0) {
            throw new IllegalArgumentException("There are no samples");
        }
        long nanos = 0;
        long invocations = 0;
        long items = 0;
        long bytes = 0;
        for (var sample : samples) {
            nanos = Math.addExact(nanos, sample.elapsedNanos());
            invocations = Math.addExact(invocations, sample.invocations());
            items = Math.addExact(items, sample.items());
            bytes = Math.addExact(bytes, sample.bytes());
        }
        return new Totals(
                (double) nanos / TimeUnit.SECONDS.toNanos(1),
                invocations,
                items,
                bytes,
                perSecond.getMin(),
                perSecond.getMax());
    }

    private static double[] pooledSeconds(List<List<Sample>> forks) {
        return forks.stream()
                .flatMap(List::stream)
                .mapToDouble(
                        sample -> (double) sample.elapsedNanos() / TimeUnit.SECONDS.toNanos(1) / sample.invocations())
                .sorted()
                .toArray();
    }

    /// A quantile far out, which few samples cannot show: at least five have to lie beyond it.
    private record Tail(@Nullable Double value, @Nullable String reason) {

        private static final int SAMPLES_BEYOND = 5;

        static Tail of(double[] sorted, int percent) {
            int needed = SAMPLES_BEYOND * 100 / (100 - percent);
            return sorted.length < needed
                    ? new Tail(null, "NEEDS_%d_SAMPLES".formatted(needed))
                    : new Tail(Throughput.TYPE_7.evaluate(sorted, percent / 100.0), null);
        }
    }
}
