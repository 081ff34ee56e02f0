package dyno.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.SettableClock;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderTest {

    private static final DnsResolver ANY = new GuardedResolver(SystemDefaultDnsResolver.INSTANCE, true);
    private static final String BODY = "{\"text\": \"Grüße\"}";

    private final Receiver receiver = new Receiver();
    private final Secret secret = Secret.random(new SecureRandom());
    private final SettableClock clock = new SettableClock();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void postsTheBodyAsItIsAndSignsIt() throws Exception {
        var delivery = delivery(receiver.url());

        var attempt = send(delivery, ANY);

        assertThat(attempt).isEqualTo(new Attempt(204, "", null));
        assertThat(attempt.hasArrived()).isTrue();
        var came = receiver.only();
        assertThat(came.method()).isEqualTo("POST");
        assertThat(came.path()).isEqualTo("/hook?from=dyno");
        assertThat(came.id()).isEqualTo(delivery.id().toString());
        assertThat(came.timestamp()).isEqualTo(Long.toString(clock.instant().getEpochSecond()));
        assertThat(came.body()).isEqualTo(BODY.getBytes(UTF_8));
        assertThat(came.isGenuine(secret.reveal())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNobodyElsewhere(int status) throws Exception {
        receiver.answers(exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
        });

        var attempt = send(delivery(receiver.url()), ANY);

        assertThat(attempt.status()).isEqualTo(status);
        assertThat(attempt.hasArrived()).isFalse();
        assertThat(receiver.only().path()).startsWith("/hook");
    }

    @Test
    void keepsTheFirstLineOfAnAnswerAndWhatItAsksFor() throws Exception {
        receiver.answers(exchange -> {
            var bytes = ("too\u001b[31m busy\nand more" + "x".repeat(100_000)).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Retry-After", "90");
            exchange.sendResponseHeaders(503, bytes.length);
            exchange.getResponseBody().write(bytes);
        });

        assertThat(send(delivery(receiver.url()), ANY))
                .isEqualTo(new Attempt(503, "too[31m busy", Duration.ofSeconds(90)));
    }

    @Test
    void shortensALongLine() throws Exception {
        receiver.answers(500, "x".repeat(100_000));

        assertThat(send(delivery(receiver.url()), ANY).detail()).isEqualTo("x".repeat(300));
    }

    @Test
    void connectsToTheAddressThatWasCheckedAndAsksForNoOther() throws Exception {
        var addresses = new FixedAddresses("127.0.0.1");
        var hooks = new AllowedHosts(List.of("hooks.example"));
        try (var sender = new Sender(hooks, new GuardedResolver(addresses, true), clock, Sender.LIMIT)) {
            var attempt = sender.send(delivery("http://hooks.example:%d/hook".formatted(receiver.port())));

            assertThat(attempt.status()).as(attempt.detail()).isEqualTo(204);
        }
        assertThat(addresses.asked()).isOne();
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void sendsNothingToAPrivateAddressUnlessItMay() throws Exception {
        var attempt = send(delivery(receiver.url()), new GuardedResolver(SystemDefaultDnsResolver.INSTANCE, false));

        assertThat(attempt.status()).isNull();
        assertThat(attempt.detail()).contains("127.0.0.1").contains("dyno.webhooks.allow-private-addresses");
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void sendsNothingToAHostThatIsNotAllowedAnyMore() throws Exception {
        try (var sender = new Sender(new AllowedHosts(List.of("example.org")), ANY, clock, Sender.LIMIT)) {
            assertThat(sender.send(delivery(receiver.url())).detail()).contains("dyno.webhooks.allowed-hosts");
        }
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void saysWhereNobodyListens() throws Exception {
        receiver.close();

        var attempt = send(delivery(receiver.url()), ANY);

        assertThat(attempt.status()).isNull();
        assertThat(attempt.detail()).contains("refused");
    }

    @Test
    void waitsForNoAnswerLongerThanItsLimit() throws Exception {
        var over = new CountDownLatch(1);
        receiver.answers(exchange -> await(over));
        try (var sender = new Sender(loopback(), ANY, clock, Duration.ofMillis(200))) {
            var attempt = sender.send(delivery(receiver.url()));

            assertThat(attempt.status()).isNull();
            assertThat(attempt.detail()).startsWith("No answer within");
        } finally {
            over.countDown();
        }
    }

    /// Each byte comes in time, and they never end.
    @Test
    void readsNoAnswerLongerThanItsLimit() throws Exception {
        var over = new CountDownLatch(1);
        receiver.answers(exchange -> {
            exchange.sendResponseHeaders(200, 4_000);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            await(over);
        });
        try (var sender = new Sender(loopback(), ANY, clock, Duration.ofMillis(200))) {
            var attempt = sender.send(delivery(receiver.url()));

            assertThat(attempt.status()).isEqualTo(200);
            assertThat(attempt.detail()).startsWith("The answer's body broke off");
        } finally {
            over.countDown();
        }
    }

    /// As many as there are connections, and more.
    @Test
    void keepsNoConnectionOfAnAnswerThatItDidNotReadToTheEnd() throws Exception {
        receiver.answers(500, "x".repeat(100_000));
        try (var sender = new Sender(loopback(), ANY, clock, Duration.ofSeconds(5))) {
            for (int i = 0; i < 3 * Dispatcher.AT_ONCE; i++) {
                assertThat(sender.send(delivery(receiver.url())).status()).isEqualTo(500);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Attempt send(ClaimedDelivery delivery, DnsResolver addresses) throws Exception {
        try (var sender = new Sender(loopback(), addresses, clock, Sender.LIMIT)) {
            return sender.send(delivery);
        }
    }

    private static AllowedHosts loopback() {
        return new AllowedHosts(List.of("127.0.0.1"));
    }

    private ClaimedDelivery delivery(String url) {
        return new ClaimedDelivery(UUID.randomUUID(), "chat", URI.create(url), secret, BODY, 1, 0);
    }
}
