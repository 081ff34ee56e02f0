package dyno.result;

import dyno.engine.FailureCode;
import dyno.engine.InputFacts;
import dyno.engine.Metrics;
import dyno.engine.Phase;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.engine.Warning;
import dyno.environment.Assessment;
import dyno.environment.Assessment.CanaryScore;
import dyno.environment.Assessment.Unchecked;
import dyno.environment.Environment;
import dyno.environment.Environment.Fact;
import dyno.environment.Grade;
import dyno.environment.QualityFinding;
import dyno.measurement.Interval;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Plan;
import dyno.measurement.Plan.Mode;
import dyno.measurement.Sample;
import dyno.measurement.Score;
import dyno.measurement.SecondsPerInvocation;
import dyno.measurement.Speedup;
import dyno.measurement.Variation;
import dyno.result.Run.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Runs for tests, with something in every field.
final class Runs {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");

    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private Runs() {}

    static Run at(Instant startedAt) {
        return run(startedAt, "generator", Mode.MEASURE, Map.of("branch", "main"));
    }

    static Run graded(Instant startedAt) {
        var findings = List.of(
                new QualityFinding("STEAL", Grade.C, 0.1, 0.05, "direct", 0, "much"),
                new QualityFinding("FEW_CPUS", Grade.B, 2.0, 4.0, null, null, "few"));
        var unchecked = List.of(new Unchecked("GOVERNOR", "NO_CPUFREQ"));
        var run = at(startedAt);
        return new Run(
                run.id(),
                run.jobId(),
                run.engine(),
                run.plan(),
                run.startedAt(),
                run.finishedAt(),
                run.labels(),
                run.reason(),
                run.partial(),
                false,
                run.environment(),
                Quality.of(new Assessment(Grade.C, findings, unchecked, new CanaryScore(1e8, "steps/s", 0.02, 6))),
                run.cases());
    }

    static Run run(Instant startedAt, String engine, Mode mode, Map<String, String> labels) {
        return new Run(
                UUID.randomUUID(),
                UUID.randomUUID(),
                engine,
                Plan.defaults(mode),
                startedAt,
                startedAt.plusSeconds(90),
                labels,
                "nightly",
                true,
                environment("6.1.0", 0.25),
                new Quality(null, "NOT_GRADED", List.of("LOADED_HOST")),
                List.of(measured("legacy", null, "IS_BASELINE"), measured("direct", speedup(), null), failed("huge")));
    }

    static Run with(Run run, List<CaseResult> cases) {
        return new Run(
                run.id(),
                run.jobId(),
                run.engine(),
                run.plan(),
                run.startedAt(),
                run.finishedAt(),
                run.labels(),
                run.reason(),
                run.partial(),
                run.environment(),
                run.quality(),
                cases);
    }

    static Environment environment(String kernel, double load) {
        var facts = new LinkedHashMap<String, Fact>();
        facts.put("kernel", Fact.of(kernel));
        facts.put("cores", Fact.of(2L));
        facts.put("l3Bytes", Fact.of(33_554_432L, "bytes"));
        facts.put("governor", Fact.unknown("NO_CPUFREQ"));
        facts.put("turbo", Fact.of(true));
        facts.put("jvm.flags", Fact.of(List.of("-Xmx1g")));
        facts.put("loadStart", Fact.of(load));
        return new Environment("sha256:" + "%064x".formatted(kernel.hashCode() & 0xffff), facts);
    }

    private static Speedup speedup() {
        return new Speedup("legacy", 8.7, new Interval(8.3, 9.1), null);
    }

    private static CaseResult measured(String name, @Nullable Speedup speedup, @Nullable String speedupReason) {
        var workload = new LinkedHashMap<String, @Nullable Object>();
        workload.put("totalBytes", 1L << 40);
        workload.put("compressRatio", 1.0);
        workload.put("algorithm", "COUNTER");
        workload.put("workingSetBytes", null);
        workload.put("input", Map.of("scale", List.of(1L, 2L)));
        return new CaseResult(
                name,
                workload,
                new Score(4.31e10, null, "bytes/s", Score.Better.HIGHER, new Interval(4.22e10, 4.4e10), null, 3, 15),
                speedup,
                speedupReason,
                new SecondsPerInvocation(
                        0.0998, 0.0981, 0.104, null, "NEEDS_100_SAMPLES", null, "NEEDS_500_SAMPLES", 4e-4),
                new Variation(0.011, null, null, "NEEDS_2_FORKS", 1, 0),
                List.of(
                        Phase.of("generate", 0.0998, Phase.Clock.WALL),
                        Phase.unknown("lock", Phase.Clock.CPU, "NOT_TOLD")),
                new Metrics()
                        .put("gigabytesPerSecond", 4.31e10)
                        .put("buffersFitL3", true)
                        .put("units", 7)
                        .put("projection", "LINEAR")
                        .absent("shareOfZero", "NO_ZERO_CASE")
                        .values(),
                resources(),
                verification(),
                InputFacts.none(),
                List.of(new Warning("IN_CACHE", "buffers of 1048576 bytes fit in L3")),
                Map.of("histogram", List.of(1L, 2L, 3L)),
                List.of(new CaseResult.Artifact("stream-0", 7, "ab".repeat(32))),
                null,
                forks(3, 5));
    }

    private static CaseResult failed(String name) {
        return new CaseResult(
                name,
                Map.of("totalBytes", 1L),
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
                new Failure(FailureCode.OUT_OF_MEMORY, "The fork ran out of heap", name, Map.of("exitStatus", 3L)),
                List.of());
    }

    private static Map<String, @Nullable Object> resources() {
        var resources = new LinkedHashMap<String, @Nullable Object>();
        resources.put("cpuSeconds", 0.2);
        resources.put("allocatedBytes", 0L);
        resources.put("stealSeconds", null);
        resources.put("stealSecondsReason", "NO_CPU_ACCOUNTING");
        return resources;
    }

    private static Verification verification() {
        return new Verification(DIGEST, null, List.of(Check.passed("goldenVectors"), Check.passed("probeSumStable")));
    }

    static List<MeasuredFork> forks(int forks, int iterations) {
        var measured = new ArrayList<MeasuredFork>();
        for (int fork = 0; fork < forks; fork++) {
            var samples = new ArrayList<Sample>();
            for (int i = 0; i < iterations; i++) {
                samples.add(new Sample(200_000_000L + 1_000_003L * (fork * 7 + i * 3 % 5), 2, 0, 8L << 30));
            }
            measured.add(new MeasuredFork(
                    fork,
                    4_711 + fork,
                    List.of("-Xmx1g", "-XX:+UseG1GC"),
                    samples,
                    new TrialReport(
                            List.of(Phase.of("generate", 0.1, Phase.Clock.WALL)),
                            Map.of("units", 7L),
                            List.of(),
                            Map.of(),
                            InputFacts.none()),
                    verification(),
                    resources()));
        }
        return measured;
    }
}
