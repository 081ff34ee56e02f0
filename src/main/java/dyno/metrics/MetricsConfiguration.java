package dyno.metrics;

import dyno.catalog.EngineCatalog;
import dyno.environment.EnvironmentProbe;
import dyno.environment.HostLoad;
import dyno.job.JobEvents;
import dyno.job.JobService;
import dyno.job.JobState;
import dyno.result.AlertStore;
import dyno.result.LatestCases;
import dyno.suite.ScheduleService;
import dyno.suite.SuiteCatalog;
import dyno.webhook.WebhookService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Creates every meter when the service starts.
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    /// How long an answer holds of what changes seldom.
    private static final Duration TABLE_FRESH = Duration.ofSeconds(5);

    @Bean
    Meters meters(MeterRegistry registry, EngineCatalog catalog, SuiteCatalog suites, LatestCases latest) {
        var meters = new Meters(registry, catalog, suites.names());
        meters.restore(latest.ofSuites(suites.names(), SuiteCaseMeters.MAX_CASES));
        return meters;
    }

    @Bean
    ScheduleMeters scheduleMeters(MeterRegistry registry, ScheduleService schedules) {
        return new ScheduleMeters(registry, schedules);
    }

    @Bean
    MeterBinder queueMeters(JobService jobs, JobEvents events, InstantSource clock) {
        return registry -> {
            var snapshot = new QueueSnapshot(jobs, clock);
            for (var state : JobState.values()) {
                Gauge.builder("dyno.jobs", snapshot, queue -> queue.jobs(state))
                        .description("Jobs in the queue's table")
                        .tags("state", state.name())
                        .strongReference(true)
                        .register(registry);
            }
            Gauge.builder("dyno.queue.capacity", jobs, JobService::queueCapacity)
                    .description("Jobs that may wait before further ones are refused")
                    .register(registry);
            Gauge.builder("dyno.queue.oldest.age", snapshot, QueueSnapshot::oldestAgeSeconds)
                    .description("How long the job that waits longest has waited")
                    .baseUnit("seconds")
                    .strongReference(true)
                    .register(registry);
            Gauge.builder("dyno.sse.connections", events, JobEvents::connections)
                    .description("Clients that follow a job's events")
                    .register(registry);
        };
    }

    @Bean
    MeterBinder regressionMeters(AlertStore alerts, EngineCatalog catalog, InstantSource clock) {
        return registry -> {
            var open = new Glimpse<>(alerts::regressions, TABLE_FRESH, clock);
            for (var entry : catalog.entries()) {
                var engine = entry.engine().id();
                Gauge.builder(
                                "dyno.regressions",
                                open,
                                regressions -> regressions
                                        .answer()
                                        .map(counts -> (double) counts.getOrDefault(engine, 0L))
                                        .orElse(Double.NaN))
                        .description("Cases beyond a threshold of their history, as alerts that nobody dismissed")
                        .tags("engine", engine)
                        .strongReference(true)
                        .register(registry);
            }
        };
    }

    @Bean
    MeterBinder webhookMeters(WebhookService webhooks, InstantSource clock) {
        return registry -> Gauge.builder(
                        "dyno.webhook.deliveries.waiting",
                        new Glimpse<>(webhooks::waiting, TABLE_FRESH, clock),
                        waiting -> waiting.answer().map(Long::doubleValue).orElse(Double.NaN))
                .description("Deliveries that wait for a try or for an answer")
                .strongReference(true)
                .register(registry);
    }

    @Bean
    MeterBinder hostMeters(EnvironmentProbe environment) {
        return registry -> HostMeters.register(registry, environment.probe(), new HostLoad(Path.of("/")));
    }
}
