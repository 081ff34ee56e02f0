package dyno.result;

import static dyno.result.Runs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dyno.engine.ScoreUnit;
import dyno.measurement.CaseStatistics;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Sample;
import dyno.measurement.Speedups;
import dyno.support.TestDatabase;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whoever has a run with its samples can work out its figures again, with nothing but arithmetic.
class RecomputedStatisticsIT {

    /// 97.5 % quantile of Student's t with two degrees of freedom, from a printed table.
    private static final double T_2 = 4.302652729911275;

    private static final int FORKS = 3;

    private final JsonMapper json =
            JsonMapper.builder().addModule(new ResultJacksonModule()).build();

    @Test
    void scoreIntervalAndSpeedupFollowFromTheSamplesOfAStoredRun() {
        var run = storedAndShown();
        var legacy = run.path("cases").get(0);
        var direct = run.path("cases").get(1);
        double[] slow = logMedians(legacy);
        double[] fast = logMedians(direct);

        assertThat(slow).hasSize(FORKS);
        assertClose(legacy.at("/score/value"), Math.exp(mean(slow)));
        assertClose(legacy.at("/score/ci95/0"), Math.exp(mean(slow) - reach(slow)));
        assertClose(legacy.at("/score/ci95/1"), Math.exp(mean(slow) + reach(slow)));

        double[] gain =
                IntStream.range(0, FORKS).mapToDouble(i -> fast[i] - slow[i]).toArray();
        assertClose(direct.at("/speedup/ratio"), Math.exp(mean(gain)));
        assertClose(direct.at("/speedup/ci95/0"), Math.exp(mean(gain) - reach(gain)));
        assertClose(direct.at("/speedup/ci95/1"), Math.exp(mean(gain) + reach(gain)));
    }

    private JsonNode storedAndShown() {
        var jdbc = JdbcClient.create(TestDatabase.fresh());
        var store = new ResultStore(jdbc, event -> {});
        var run = measured();
        store.add(run);
        return json.valueToTree(store.find(run.id(), true).orElseThrow());
    }

    private static Run measured() {
        var template = Runs.at(NOON);
        var slow = Runs.forks(FORKS, 5);
        var fast = faster(slow);
        return Runs.with(
                template,
                List.of(
                        scored(template.cases().get(0), slow, slow),
                        scored(template.cases().get(1), slow, fast)));
    }

    private static CaseResult scored(CaseResult result, List<MeasuredFork> baseline, List<MeasuredFork> forks) {
        var unit = ScoreUnit.bytes();
        var samples = forks.stream().map(MeasuredFork::samples).toList();
        var from = baseline.stream().map(MeasuredFork::samples).toList();
        return new CaseResult(
                result.name(),
                result.workload(),
                CaseStatistics.score(unit, samples),
                Speedups.of("legacy", from, samples, unit).orElseThrow(),
                null,
                CaseStatistics.secondsPerInvocation(samples),
                CaseStatistics.variation(unit, samples),
                result.phases(),
                result.metrics(),
                result.resources(),
                result.verification(),
                result.input(),
                result.warnings(),
                result.details(),
                result.artifacts(),
                null,
                forks);
    }

    private static List<MeasuredFork> faster(List<MeasuredFork> forks) {
        return forks.stream()
                .map(fork -> new MeasuredFork(
                        fork.index(),
                        fork.pid(),
                        fork.jvmFlags(),
                        fork.samples().stream()
                                .map(s -> new Sample(
                                        s.elapsedNanos() / (8 + fork.index()), s.invocations(), s.items(), s.bytes()))
                                .toList(),
                        fork.report(),
                        fork.verification(),
                        fork.resources()))
                .toList();
    }

    /// Logarithm of each fork's median throughput; the number of samples is odd.
    private static double[] logMedians(JsonNode result) {
        return result.path("forks")
                .valueStream()
                .mapToDouble(fork -> {
                    var throughput = fork.path("samples")
                            .valueStream()
                            .mapToDouble(s -> s.path("bytes").asDouble()
                                    * 1e9
                                    / s.path("elapsedNanos").asDouble())
                            .sorted()
                            .toArray();
                    return Math.log(throughput[throughput.length / 2]);
                })
                .toArray();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double reach(double[] values) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean(values)) * (value - mean(values));
        }
        return T_2 * Math.sqrt(squares / (values.length - 1) / values.length);
    }

    private static void assertClose(JsonNode actual, double expected) {
        assertThat(actual.isNumber()).isTrue();
        assertThat(actual.asDouble()).isCloseTo(expected, within(Math.abs(expected) * 1e-9));
    }
}
