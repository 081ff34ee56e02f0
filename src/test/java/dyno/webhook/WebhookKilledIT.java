package dyno.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.ServiceProcess;
import dyno.webhook.Receiver.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `kill -9` of a service that is sending: the lease has to run out first.
@Tag("long")
class WebhookKilledIT {

    private static final String[] OPTIONS = {
        "-Ddyno.webhooks.allowed-hosts=127.0.0.1", "-Ddyno.webhooks.allow-private-addresses=true"
    };

    @TempDir
    Path data;

    @Test
    void sendsAgainWithItsNextLifeUnderTheSameId() throws Exception {
        var over = new CountDownLatch(1);
        try (var receiver = new Receiver()) {
            receiver.answers(exchange -> {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            var service = ServiceProcess.start(data, OPTIONS);
            var made = service.post(
                    "/api/v1/webhooks",
                    "{\"name\": \"chat\", \"url\": \"%s\", \"events\": [\"JOB_SUCCEEDED\"]}".formatted(receiver.url()));
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            var secret =
                    JsonMapper.shared().readTree(made.body()).path("secret").asString();
            var job = service.submit("{\"engine\": \"checker\", \"plan\": {\"mode\": \"SMOKE\"}}");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> receiver.received().size() == 1);
            service.kill();
            receiver.answers(204, "");

            try (var next = ServiceProcess.start(data, OPTIONS)) {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> next.json("/api/v1/webhooks/chat/deliveries?state=DELIVERED")
                                        .path("items")
                                        .size()
                                == 1);
                assertThat(receiver.received()).hasSize(2).allMatch(came -> came.isGenuine(secret));
                assertThat(receiver.received().getFirst().json().at("/data/id").asString())
                        .isEqualTo(job);
                assertThat(receiver.received().stream().map(Received::id).distinct())
                        .hasSize(1);
            }
        } finally {
            over.countDown();
        }
    }
}
