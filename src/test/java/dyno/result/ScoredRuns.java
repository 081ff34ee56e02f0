package dyno.result;

import dyno.engine.FailureCode;
import dyno.engine.InputFacts;
import dyno.engine.ScoreUnit;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.environment.Environment;
import dyno.environment.Environment.Fact;
import dyno.measurement.CaseStatistics;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Plan;
import dyno.measurement.Plan.Mode;
import dyno.measurement.Sample;
import dyno.measurement.Speedups;
import dyno.result.Run.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// Builds runs whose forks have given throughputs, in MB/s. Used by one thread.
final class ScoredRuns {

    private static final long SECOND = 1_000_000_000L;

    private final Instant startedAt;
    private final List<CaseResult> cases = new ArrayList<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private String kernel = "6.1.0";
    private @Nullable String grade = "B";
    private UUID job = UUID.randomUUID();
    private boolean isPartial;
    private Map<String, @Nullable Object> workload = Map.of("threads", 2L);
    private InputFacts input = InputFacts.none();
    private String noSpeedup = "NO_BASELINE";
    private double cpuSeconds = 2;
    private int iterations = 3;

    private ScoredRuns(Instant startedAt) {
        this.startedAt = startedAt;
    }

    static ScoredRuns at(Instant startedAt) {
        return new ScoredRuns(startedAt);
    }

    ScoredRuns label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    ScoredRuns kernel(String other) {
        kernel = other;
        return this;
    }

    ScoredRuns grade(@Nullable String other) {
        grade = other;
        return this;
    }

    ScoredRuns job(UUID other) {
        job = other;
        return this;
    }

    ScoredRuns partial() {
        isPartial = true;
        return this;
    }

    /// Of the cases that follow.
    ScoredRuns workload(Map<String, @Nullable Object> other) {
        workload = other;
        return this;
    }

    /// Of the cases that follow.
    ScoredRuns input(String digest) {
        input = new InputFacts(digest, null, 1, 1);
        return this;
    }

    /// The cases that follow are the baseline variant's, unless they are compared with another.
    ScoredRuns asBaseline() {
        noSpeedup = "IS_BASELINE";
        return this;
    }

    /// Of each fork of the cases that follow.
    ScoredRuns iterations(int other) {
        iterations = other;
        return this;
    }

    /// Of each fork of the cases that follow.
    ScoredRuns cpuSeconds(double other) {
        cpuSeconds = other;
        return this;
    }

    ScoredRuns scored(String name, double... forks) {
        cases.add(result(name, null, forks));
        return this;
    }

    /// A case that ran out of memory before it had read anything.
    ScoredRuns failed(String name) {
        cases.add(new CaseResult(
                name,
                workload,
                null,
                null,
                "NO_SCORE",
                null,
                null,
                List.of(),
                Map.of(),
                Map.of(),
                null,
                null,
                List.of(),
                Map.of(),
                List.of(),
                new Failure(FailureCode.OUT_OF_MEMORY, "It has run out of memory", name, null),
                List.of()));
        return this;
    }

    /// A case with a speed-up over another, which came before.
    ScoredRuns against(String baseline, String name, double... forks) {
        var from = cases.stream()
                .filter(result -> result.name().equals(baseline))
                .findFirst()
                .orElseThrow();
        cases.add(result(name, from, forks));
        return this;
    }

    Run run() {
        var facts = new LinkedHashMap<String, Fact>();
        facts.put("build.commit", Fact.of("c0ffee"));
        facts.put("kernel", Fact.of(kernel));
        facts.put("governor", Fact.unknown("NO_CPUFREQ"));
        facts.put("loadStart", Fact.of(startedAt.getEpochSecond() % 7));
        return new Run(
                UUID.randomUUID(),
                job,
                "generator",
                Plan.defaults(Mode.MEASURE),
                startedAt,
                startedAt.plusSeconds(30),
                Map.copyOf(labels),
                null,
                isPartial,
                new Environment("sha256:" + "%064x".formatted(kernel.hashCode()), facts),
                new Quality(grade, grade == null ? "NOT_GRADED" : null, List.of()),
                List.copyOf(cases));
    }

    private CaseResult result(String name, @Nullable CaseResult baseline, double[] throughput) {
        var unit = ScoreUnit.bytes();
        var forks = forks(throughput);
        var samples = forks.stream().map(MeasuredFork::samples).toList();
        var speedup = baseline == null || baseline.forks() == null
                ? null
                : Speedups.of(
                                baseline.name(),
                                baseline.forks().stream()
                                        .map(MeasuredFork::samples)
                                        .toList(),
                                samples,
                                unit)
                        .orElse(null);
        return new CaseResult(
                name,
                workload,
                CaseStatistics.score(unit, samples),
                speedup,
                speedup == null ? noSpeedup : null,
                CaseStatistics.secondsPerInvocation(samples),
                CaseStatistics.variation(unit, samples),
                List.of(),
                Map.of(),
                Map.of(),
                null,
                input,
                List.of(),
                Map.of(),
                List.of(),
                null,
                forks);
    }

    private List<MeasuredFork> forks(double[] throughput) {
        var forks = new ArrayList<MeasuredFork>();
        for (int i = 0; i < throughput.length; i++) {
            long bytes = Math.round(throughput[i] * 1e6);
            var samples = DoubleStream.of(0.999, 1, 1.001)
                    .limit(iterations)
                    .mapToObj(factor -> new Sample(SECOND, 1, 0, Math.round(bytes * factor)))
                    .toList();
            forks.add(new MeasuredFork(
                    i,
                    1,
                    List.of("-Xmx1g", "-XX:+UseG1GC"),
                    samples,
                    new TrialReport(List.of(), Map.of(), List.of(), Map.of(), InputFacts.none()),
                    new Verification(null, "NOT_REPRODUCIBLE", List.of(Check.passed("a"))),
                    Map.of("cpuSeconds", cpuSeconds, "allocatedBytes", 3_000_000L, "gcSeconds", 0.0)));
        }
        return forks;
    }
}
