package dyno.webhook;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dyno.job.JobService;
import dyno.result.ResultStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Wires webhooks.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookProperties.class)
class WebhookConfiguration {

    private static final Duration HOUSEKEEPING = Duration.ofHours(1);

    @Bean
    AllowedHosts allowedHosts(WebhookProperties properties) {
        return new AllowedHosts(properties.allowedHosts());
    }

    @Bean
    DeliveryStore deliveryStore(JdbcClient jdbc) {
        return new DeliveryStore(jdbc);
    }

    @Bean
    Outbox outbox(JdbcClient jdbc, JsonMapper json, ApplicationEventPublisher events, InstantSource clock) {
        return new Outbox(jdbc, json, events, clock);
    }

    @Bean
    Announcements announcements(Outbox outbox, JobService jobs, ResultStore runs) {
        return new Announcements(outbox, jobs, runs);
    }

    @Bean
    WebhookService webhookService(
            JdbcClient jdbc,
            JsonMapper json,
            DeliveryStore deliveries,
            Outbox outbox,
            AllowedHosts hosts,
            InstantSource clock,
            ApplicationEventPublisher events) {
        var parts =
                new WebhookService.Parts(new WebhookStore(jdbc, json), deliveries, outbox, new WebhookReader(hosts));
        return new WebhookService(parts, clock, events);
    }

    @Bean
    Sender sender(AllowedHosts hosts, WebhookProperties properties, InstantSource clock) {
        var addresses = new GuardedResolver(SystemDefaultDnsResolver.INSTANCE, properties.allowPrivateAddresses());
        return new Sender(hosts, addresses, clock, Sender.LIMIT);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "dyno.webhooks.enabled", matchIfMissing = true)
    Dispatcher dispatcher(
            DeliveryStore deliveries, Sender sender, InstantSource clock, ApplicationEventPublisher events) {
        return new Dispatcher(deliveries, sender, new BackOff(new SecureRandom()), clock, events);
    }

    @Bean
    RecurringTask<Void> forgetDeliveries(DeliveryStore deliveries, WebhookProperties properties, InstantSource clock) {
        return Tasks.recurring("webhook-deliveries", FixedDelay.of(HOUSEKEEPING))
                .execute((instance, context) ->
                        deliveries.removeBefore(clock.instant().minus(properties.keepDeliveries())));
    }
}
