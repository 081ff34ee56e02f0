package dyno.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.catalog.EngineCatalog;
import dyno.job.Job;
import dyno.job.JobFinished;
import dyno.job.JobRejected;
import dyno.job.JobState;
import dyno.job.JobSubmitted;
import dyno.job.Submission;
import dyno.measurement.Plan.Mode;
import dyno.result.Run;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// However many jobs come, and whatever they are called, there are no more series than the reference says.
class MetersBoundTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Set<String> SUITES = Set.of("quick", "nightly", "marc-nightly");
    private static final Pattern SERIES = Pattern.compile("(dyno_\\w+?)(?:\\{(.*)})? \\S+");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry, EngineCatalog.standard(), SUITES);
    private final List<String> engines = EngineCatalog.standard().entries().stream()
            .map(entry -> entry.engine().id())
            .toList();

    @Test
    void hasNothingNewAfterASuccessAndAFailureOfEachEngineButTheCasesFigures() throws Exception {
        var before = sets().keySet();

        for (var engine : engines) {
            for (var state : List.of(JobState.SUCCEEDED, JobState.FAILED)) {
                submitAndEnd(job(engine, state, Map.of("suite", "quick", "job", "only")));
            }
        }

        var after = sets();
        assertThat(after.keySet()).containsAll(before);
        after.keySet().removeAll(before);
        assertThat(after.keySet()).isNotEmpty().allMatch(name -> name.startsWith("dyno_case_"));
        assertThat(after).allSatisfy((name, count) -> assertThat(count).as(name).isEqualTo(engines.size()));
    }

    @Test
    void isBoundedAfterAThousandJobsWithLabelsOfAllKinds() throws Exception {
        var random = new Random(10);
        for (int i = 0; i < 1_000; i++) {
            var engine = engines.get(random.nextInt(engines.size()));
            var ends = List.of(JobState.FAILED, JobState.CANCELLED, JobState.TIMED_OUT);
            var end = random.nextBoolean() ? JobState.SUCCEEDED : ends.get(random.nextInt(3));
            submitAndEnd(job(engine, end, labels(random)));
            meters.on(new JobRejected("reason-" + random.nextInt()));
        }

        var reference = MetricsReference.read();
        var sets = sets();
        assertThat(sets)
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        (name, count) -> assertThat((long) count).as(name).isLessThanOrEqualTo(bound(reference, name)));
        assertThat(sets.get("dyno_case_score")).isGreaterThan(SuiteCaseMeters.MAX_CASES);
        sets.keySet().removeIf(name -> name.startsWith("dyno_case_"));
        assertThat(sets)
                .allSatisfy((name, count) -> assertThat((long) count)
                        .as("%s has every set of labels from the start", name)
                        .isEqualTo(bound(reference, name)));
    }

    private long bound(MetricsReference reference, String name) {
        assertThat(reference.bounds()).containsKey(name);
        return reference.bounds().get(name).sets(engines.size(), SUITES.size());
    }

    private static Map<String, String> labels(Random random) {
        var suites = List.of("quick", "nightly", "marc-nightly", "made-up-" + random.nextInt());
        return Map.of(
                "suite",
                suites.get(random.nextInt(4)),
                "job",
                "job-" + random.nextInt(),
                "branch",
                "branch-" + random.nextInt(),
                "commit",
                Long.toHexString(random.nextLong()));
    }

    private void submitAndEnd(Job job) {
        meters.on(new JobSubmitted(job, Submission.API));
        meters.on(new JobFinished(job, of(job.engine(), MeasuredRuns.run(3, 1))));
    }

    private static Run of(String engine, Run run) {
        return new Run(
                run.id(),
                run.jobId(),
                engine,
                run.plan(),
                run.startedAt(),
                run.finishedAt(),
                run.labels(),
                run.reason(),
                run.partial(),
                run.environment(),
                run.quality(),
                run.cases());
    }

    private static Job job(String engine, JobState state, Map<String, String> labels) {
        return new Job(
                UUID.randomUUID(),
                engine,
                Mode.MEASURE,
                state,
                50,
                1,
                null,
                1,
                1,
                1,
                List.of(),
                NOON,
                NOON,
                NOON.plusSeconds(95),
                null,
                null,
                null,
                labels,
                Map.of());
    }

    /// How many sets of labels each metric has.
    private Map<String, Integer> sets() throws IOException {
        var sets = new TreeMap<String, Set<String>>();
        registry.scrape().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            var series = SERIES.matcher(line);
            if (series.matches() && !series.group(1).endsWith("_max")) {
                var labels = series.group(2) == null ? "" : series.group(2).replaceAll(",?le=\"[^\"]*\"", "");
                sets.computeIfAbsent(series.group(1).replaceFirst("_(bucket|count|sum)$", ""), _ -> new HashSet<>())
                        .add(labels);
            }
        });
        var counts = new TreeMap<String, Integer>();
        sets.forEach((name, labels) -> counts.put(name, labels.size()));
        return counts;
    }
}
