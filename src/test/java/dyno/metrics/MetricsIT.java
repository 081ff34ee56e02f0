package dyno.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.job.Job;
import dyno.job.JobFinished;
import dyno.job.JobState;
import dyno.measurement.Plan.Mode;
import dyno.support.PostgresTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.Environment;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@PostgresTest
class MetricsIT {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Pattern TYPE = Pattern.compile("# TYPE (dyno_\\w+) (\\w+)");
    private static final Pattern SERIES = Pattern.compile("(dyno_\\w+?)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private Environment settings;

    @Test
    void exposesJustTheMetricsThatTheReferenceLists() throws Exception {
        events.publishEvent(finished(Map.of("suite", "quick", "job", "generator")));

        assertThat(exposed()).isEqualTo(documented());
    }

    @Test
    void showsTheNightlyThatIsShipped() throws Exception {
        assertThat(scrape())
                .contains("dyno_schedule_misfires_total{schedule=\"nightly\"} 0.0")
                .contains("dyno_schedule_last_success_timestamp_seconds{schedule=\"nightly\"} 0.0")
                .anyMatch(line ->
                        line.matches("dyno_schedule_next_fire_timestamp_seconds\\{schedule=\"nightly\"} [1-9].*"));
    }

    @Test
    void knowsOfEachMetricItsUnitAndHowManySeriesThereCanBe() throws Exception {
        var reference = MetricsReference.read();

        assertThat(reference.bounds().keySet()).isEqualTo(reference.metrics().keySet());
        assertThat(reference.bounds())
                .allSatisfy((name, bound) -> assertThat(bound.unit())
                        .as(name)
                        .isEqualTo(MetricsReference.unitInName(name).orElse(bound.unit())));
    }

    @Test
    void exposesWhatDashboardsRelyOnOfSpringBoot() throws Exception {
        scrape();
        var names = new TreeSet<String>();
        for (var line : scrape()) {
            names.add(line.replaceFirst("^# (TYPE|HELP) ", "").split("[ {]", 2)[0]);
        }

        assertThat(names).containsAll(MetricsReference.read().ofSpringBoot());
    }

    @Test
    void showsWhatHappenedToAJob() throws Exception {
        events.publishEvent(finished(Map.of("suite", "quick", "job", "shown")));

        var lines = scrape();

        assertThat(lines)
                .contains(
                        "dyno_case_score{case=\"shown/direct\",engine=\"generator\",suite=\"quick\",unit=\"bytes/s\"} 2.0E9")
                .contains("dyno_jobs{state=\"QUEUED\"} 0.0")
                .contains("dyno_queue_oldest_age_seconds 0.0")
                .contains("dyno_jobs_rejected_total{reason=\"queue-full\"} 0.0")
                .anyMatch(line -> line.startsWith("dyno_iteration_seconds_bucket{engine=\"generator\",le=\"0.2\"} "))
                .anyMatch(line -> line.startsWith("dyno_environment_info{") && line.contains("fingerprint=\"sha256:"))
                .anyMatch(line -> line.startsWith("dyno_build_info{"));
    }

    private static JobFinished finished(Map<String, String> labels) {
        var job = new Job(
                UUID.randomUUID(),
                "generator",
                Mode.MEASURE,
                JobState.SUCCEEDED,
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
        return new JobFinished(job, MeasuredRuns.run(3, 5));
    }

    /// `type label label` by name.
    private static Map<String, String> documented() throws IOException {
        var metrics = new TreeMap<String, String>();
        MetricsReference.read()
                .metrics()
                .forEach((name, metric) -> metrics.put(name, described(metric.type(), metric.labels())));
        return metrics;
    }

    private Map<String, String> exposed() throws Exception {
        var lines = scrape();
        var types = new TreeMap<String, String>();
        for (var line : lines) {
            var type = TYPE.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
            }
        }
        types.keySet()
                .removeIf(name -> name.endsWith("_max")
                        && "histogram".equals(types.get(name.substring(0, name.length() - "_max".length()))));
        var metrics = new TreeMap<String, String>();
        types.forEach((name, type) -> metrics.put(name, described(type, labels(lines, name))));
        return metrics;
    }

    private static SortedSet<String> labels(List<String> lines, String name) {
        var labels = new TreeSet<String>();
        for (var line : lines) {
            var series = SERIES.matcher(line);
            if (series.matches()
                    && series.group(1).replaceFirst("_(bucket|count|sum)$", "").equals(name)) {
                LABEL.matcher(series.group(2) == null ? "" : series.group(2))
                        .results()
                        .forEach(label -> labels.add(label.group(1)));
            }
        }
        labels.remove("le");
        return labels;
    }

    private static String described(String type, SortedSet<String> labels) {
        return (type + " " + String.join(" ", labels)).strip();
    }

    private List<String> scrape() throws IOException, InterruptedException {
        var uri =
                "http://127.0.0.1:%s/actuator/prometheus".formatted(settings.getRequiredProperty("local.server.port"));
        var answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body().lines().toList();
    }
}
