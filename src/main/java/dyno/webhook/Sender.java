package dyno.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/// Sends deliveries over HTTP: each over a connection of its own, once, following nobody elsewhere.
/// Safe for any number of threads.
final class Sender implements AutoCloseable {

    static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /// From the beginning of a try to the end of what is read of its answer.
    static final Duration LIMIT = Duration.ofSeconds(15);

    private static final int MAX_ANSWER_BYTES = 4_096;
    private static final int MAX_DETAIL_CHARACTERS = 300;

    private final AllowedHosts hosts;
    private final InstantSource clock;
    private final Duration limit;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("dyno-webhook-deadlines").daemon().factory());

    /// @param addresses what is connected to
    /// @param limit     [#LIMIT], but in tests
    Sender(AllowedHosts hosts, DnsResolver addresses, InstantSource clock, Duration limit) {
        this.hosts = hosts;
        this.clock = clock;
        this.limit = limit;
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT_LIMIT))
                        .build())
                .setMaxConnTotal(Dispatcher.AT_ONCE)
                .setMaxConnPerRoute(Dispatcher.AT_ONCE)
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                // A proxy would look names up by itself.
                .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
                // Each try looks at the address anew.
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(limit))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("dyno")
                .build();
    }

    Attempt send(ClaimedDelivery delivery) {
        var url = delivery.url();
        if (!hosts.allow(url)) {
            return Attempt.unanswered("The setting dyno.webhooks.allowed-hosts does not name the host any more");
        }
        var request = request(delivery);
        var deadline = deadlines.schedule(
                () -> {
                    request.cancel();
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
        var host = new HttpHost(url.getScheme(), url.getHost(), url.getPort());
        try {
            var response = client.executeOpen(host, request, null);
            try {
                return attempt(response);
            } finally {
                // Gives up the connection with what is left of the answer; closing would read all of that first.
                request.cancel();
            }
        } catch (IOException e) {
            return Attempt.unanswered(
                    request.isCancelled()
                            ? "No answer within %d s".formatted(limit.toSeconds())
                            : shortened(Objects.requireNonNullElse(e.getMessage(), e.toString())));
        } finally {
            deadline.cancel(false);
        }
    }

    private HttpPost request(ClaimedDelivery delivery) {
        var body = delivery.payload().getBytes(UTF_8);
        long timestamp = clock.instant().getEpochSecond();
        var request = new HttpPost(delivery.url());
        request.setHeader("webhook-id", delivery.id().toString());
        request.setHeader("webhook-timestamp", Long.toString(timestamp));
        request.setHeader("webhook-signature", delivery.secret().sign(delivery.id(), timestamp, body));
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        return request;
    }

    private Attempt attempt(ClassicHttpResponse response) {
        var wish = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        return new Attempt(
                response.getCode(),
                firstLine(response),
                RetryAfter.read(wish == null ? null : wish.getValue(), clock.instant()));
    }

    private static String firstLine(ClassicHttpResponse response) {
        var entity = response.getEntity();
        if (entity == null) {
            return "";
        }
        try {
            var content = entity.getContent();
            return content == null ? "" : shortened(new String(content.readNBytes(MAX_ANSWER_BYTES), UTF_8));
        } catch (IOException e) {
            // The status has come, and it alone decides.
            return "The answer's body broke off: " + shortened(e.toString());
        }
    }

    /// The first line, without what could garble a terminal or a table.
    private static String shortened(String text) {
        var line = text.lines().findFirst().orElse("").replaceAll("\\p{C}", "");
        return line.length() <= MAX_DETAIL_CHARACTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, MAX_DETAIL_CHARACTERS)));
    }

    @Override
    public void close() throws IOException {
        deadlines.shutdownNow();
        client.close();
    }
}
