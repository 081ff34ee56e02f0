package dyno.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.job.JobEndStored;
import dyno.result.Alert.Kind;
import dyno.result.AlertStore;
import dyno.result.NewAlert;
import dyno.suite.NightlyMissing;
import dyno.support.PostgresTest;
import dyno.support.SettableClock;
import dyno.webhook.Delivery.State;
import dyno.webhook.DeliveryTried.Outcome;
import dyno.webhook.Receiver.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/// From events to receivers on this machine. Jobs stay where they are, and the clock is the test's;
/// nodes are dispatchers that the tests make.
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "dyno.worker.enabled=false",
            "dyno.webhooks.allowed-hosts=127.0.0.1",
            "dyno.webhooks.allow-private-addresses=true"
        })
@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class DeliveryIT {

    private static final String SMOKE = """
            {"engine": "generator", "workload": {"totalBytes": 1048576}, "plan": {"mode": "SMOKE"},
             "labels": {"suite": "nightly", "branch": "main"}}
            """;

    @TestConfiguration
    static class Surroundings {

        @Bean
        @Primary
        SettableClock settableClock() {
            return new SettableClock();
        }

        @Bean
        Heard heard() {
            return new Heard();
        }
    }

    static final class Heard {

        private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
        private final Queue<DeliveryAdded> added = new ConcurrentLinkedQueue<>();

        @EventListener
        void on(DeliveryTried event) {
            outcomes.add(event.outcome());
        }

        @TransactionalEventListener(fallbackExecution = true)
        void on(DeliveryAdded event) {
            added.add(event);
        }
    }

    private final Calls calls;
    private final Receiver receiver = new Receiver();

    @Autowired
    private SettableClock clock;

    @Autowired
    private Heard heard;

    @Autowired
    private DeliveryStore deliveries;

    @Autowired
    private WebhookService webhooks;

    @Autowired
    private Sender sender;

    @Autowired
    private AlertStore alerts;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcClient jdbc;

    DeliveryIT(@LocalServerPort int port) {
        this.calls = new Calls(port);
    }

    @BeforeEach
    void empty() {
        jdbc.sql("TRUNCATE webhook, webhook_delivery, job, job_event, alert CASCADE")
                .update();
        heard.outcomes.clear();
        heard.added.clear();
        clock.set(Instant.parse("2026-01-01T12:00:00Z"));
    }

    @AfterEach
    void close() {
        receiver.close();
        calls.close();
    }

    @Test
    void tellsOfACancelledJob() throws Exception {
        var secret = make("chat", "");
        var job = calls.send("POST", "/api/v1/jobs", SMOKE, 202).path("id").asString();
        calls.send("POST", "/api/v1/jobs/" + job + "/cancel", "", 202);

        send();

        var came = receiver.only();
        assertThat(came.isGenuine(secret)).isTrue();
        var message = came.json();
        assertThat(message.path("id").asString()).isEqualTo(came.id());
        assertThat(message.path("type").asString()).isEqualTo("JOB_CANCELLED");
        assertThat(message.path("timestamp").asString()).isEqualTo("2026-01-01T12:00:00.000000Z");
        assertThat(message.at("/data/id").asString()).isEqualTo(job);
        assertThat(message.at("/data/state").asString()).isEqualTo("CANCELLED");
        assertThat(message.at("/data/labels/suite").asString()).isEqualTo("nightly");
        assertThat(message.at("/data/path").asString()).isEqualTo("/api/v1/jobs/" + job);
        assertThat(message.at("/data/runPath").isNull()).isTrue();
        assertThat(heard.added).hasSize(1);
        assertThat(heard.outcomes).containsExactly(Outcome.DELIVERED);
        var listed = only("chat");
        assertThat(listed.id()).hasToString(came.id());
        assertThat(listed.subject()).hasToString(job);
        assertThat(listed.state()).isEqualTo(State.DELIVERED);
        assertThat(listed.status()).isEqualTo(204);
        assertThat(listed.attempts()).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, JOB_SUCCEEDED, ",
        "FAILED, JOB_FAILED, '{\"code\": \"OUT_OF_MEMORY\", \"message\": \"No room\", \"details\": {\"exit\": 1}}'",
        "TIMED_OUT, JOB_TIMED_OUT, '{\"code\": \"TIMED_OUT\", \"message\": \"Too long\"}'",
    })
    void tellsHowAJobEndedWithItsRun(String state, String event, String failure) throws Exception {
        make("chat", "");
        var run = UUID.randomUUID();
        end(submit(), state, failure, run);

        send();

        var message = receiver.only().json();
        assertThat(message.path("type").asString()).isEqualTo(event);
        assertThat(message.at("/data/runId").asString()).isEqualTo(run.toString());
        assertThat(message.at("/data/runPath").asString()).isEqualTo("/api/v1/runs/" + run);
        assertThat(message.at("/data/failure").isNull()).isEqualTo(failure == null);
        assertThat(message.toString()).doesNotContain("exit");
    }

    @Test
    void tellsOnlyWhoWantsToKnow() {
        make("failures", ", \"events\": [\"JOB_FAILED\"]");
        make("branch", ", \"labels\": {\"branch\": \"main\", \"suite\": \"nightly\"}");
        make("elsewhere", ", \"labels\": {\"branch\": \"other\"}");
        make("silent", ", \"enabled\": false");
        end(submit(), "SUCCEEDED", null, null);

        assertThat(deliveries.waiting()).isOne();
        assertThat(only("branch").event()).isEqualTo(EventType.JOB_SUCCEEDED);
    }

    @Test
    void tellsOfAlertsAndOfNightsThatAreMissingOnce() throws Exception {
        make("chat", ", \"labels\": {\"branch\": \"main\"}");
        alerts.raise(regression());
        alerts.raise(regression());
        var missing = new NightlyMissing("nightly", Instant.parse("2026-01-01T02:00:00Z"));
        commit(() -> events.publishEvent(missing));
        commit(() -> events.publishEvent(missing));

        send();

        var messages = receiver.received().stream().map(Received::json).toList();
        assertThat(messages)
                .extracting(message -> message.path("type").asString())
                .containsExactlyInAnyOrder("REGRESSION", "MISSING_NIGHTLY");
        for (var message : messages) {
            var path = message.at("/data/path").asString();
            assertThat(calls.send("GET", path, "", 200).path("message")).isEqualTo(message.at("/data/message"));
        }
    }

    @Test
    void hasNothingToTellOfWhatWasRolledBack() {
        make("chat", "");
        var job = submit();

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            endInTransaction(job, "SUCCEEDED", null, null);
            status.setRollbackOnly();
        });

        assertThat(deliveries.waiting()).isZero();
        assertThat(heard.added).isEmpty();
    }

    @Test
    void sendsWhatAClockAheadHasPutOff() throws Exception {
        make("chat", "");
        receiver.answers(500, "down");
        var now = clock.instant();
        clock.pass(Duration.ofDays(365));
        calls.send("POST", "/api/v1/webhooks/chat/test", "", 202);
        send();
        clock.set(now);
        receiver.answers(204, "");

        send();

        assertThat(receiver.received()).hasSize(2);
        assertThat(only("chat").state()).isEqualTo(State.DELIVERED);
    }

    @Test
    void triesAgainAfterLongerAndLongerWaitsAndGivesUp() throws Exception {
        var secret = make("chat", "");
        receiver.answers(500, "database is down\nat line 5");
        calls.send("POST", "/api/v1/webhooks/chat/test", "", 202);

        for (int tries = 1; tries <= 7; tries++) {
            send();
            assertThat(receiver.received()).hasSize(tries);
            if (tries < 7) {
                assertThat(only("chat").state()).isEqualTo(State.PENDING);
                clock.pass(BackOff.WAITS.get(tries - 1).minusMillis(1));
                send();
                assertThat(receiver.received()).as("before the wait is over").hasSize(tries);
                clock.pass(BackOff.WAITS.get(tries - 1).dividedBy(4).plusMillis(1));
            }
        }
        clock.pass(Duration.ofDays(7));
        send();

        var failed = only("chat");
        assertThat(receiver.received()).hasSize(7).allMatch(came -> came.isGenuine(secret));
        assertThat(receiver.received())
                .extracting(Received::id)
                .containsOnly(failed.id().toString());
        assertThat(receiver.received()).extracting(Received::timestamp).doesNotHaveDuplicates();
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.detail()).isEqualTo("database is down");
        assertThat(failed.finishedAt()).isNotNull();
        assertThat(heard.outcomes)
                .hasSize(7)
                .endsWith(Outcome.FAILED)
                .filteredOn(o -> o == Outcome.RETRIED)
                .hasSize(6);
        assertThat(webhooks.require("chat").consecutiveFailures()).isOne();
        assertThat(webhooks.require("chat").lastSuccessAt()).isNull();
    }

    @Test
    void sendsAgainWhatSomebodyAsksForUnderItsId() throws Exception {
        make("chat", "");
        calls.send("POST", "/api/v1/webhooks/chat/test", "", 202);
        send();
        var first = receiver.only();

        var path = "/api/v1/webhooks/chat/deliveries/" + first.id() + "/redeliver";
        var again = calls.send("POST", path, "", 202);
        send();

        assertThat(again.path("state").asString()).isEqualTo("PENDING");
        assertThat(receiver.received()).hasSize(2).extracting(Received::id).containsOnly(first.id());
        assertThat(receiver.received().getLast().body()).isEqualTo(first.body());
        assertThat(only("chat").state()).isEqualTo(State.DELIVERED);
        assertThat(only("chat").attempts()).isEqualTo(2);
        assertThat(webhooks.require("chat").lastSuccessAt()).isEqualTo(clock.instant());
    }

    @Test
    void triesAgainWhereNobodyListensAndAsLateAsAReceiverAsks() throws Exception {
        make("chat", "");
        receiver.answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "3600");
            exchange.sendResponseHeaders(429, -1);
        });
        calls.send("POST", "/api/v1/webhooks/chat/test", "", 202);
        send();
        assertThat(only("chat").dueAt()).isEqualTo(clock.instant().plusSeconds(3_600));

        clock.pass(Duration.ofHours(1));
        receiver.close();
        send();

        assertThat(only("chat").status()).isNull();
        assertThat(only("chat").detail()).contains("refused");
        assertThat(only("chat").state()).isEqualTo(State.PENDING);
    }

    @Test
    void sendsEachOnceHoweverManyNodesThereAre() throws Exception {
        make("chat", "");
        make("mail", "");
        for (int i = 0; i < 40; i++) {
            webhooks.ping("chat");
            webhooks.ping("mail");
        }

        var nodes = IntStream.range(0, 3).mapToObj(i -> node()).toList();
        nodes.forEach(Dispatcher::start);
        await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.waiting() == 0);
        nodes.forEach(Dispatcher::stop);

        assertThat(receiver.received()).hasSize(80).extracting(Received::id).doesNotHaveDuplicates();
        assertThat(heard.outcomes).hasSize(80).containsOnly(Outcome.DELIVERED);
    }

    @Test
    void sendsAgainWhatANodeWasSendingWhenItDied() throws Exception {
        make("chat", "");
        var id = calls.send("POST", "/api/v1/webhooks/chat/test", "", 202)
                .path("id")
                .asString();
        var ofTheDead = deliveries.claim(8, clock.instant()).getFirst();

        send();
        assertThat(receiver.received()).as("while its lease holds").isEmpty();
        jdbc.sql("UPDATE webhook_delivery SET leased_until = now() - make_interval(secs => 1)")
                .update();
        send();

        assertThat(receiver.only().id()).isEqualTo(id).isEqualTo(ofTheDead.id().toString());
        var late = new DeliveryStore.Settled(State.FAILED, 1, Attempt.unanswered("late"), null);
        assertThat(deliveries.settle(ofTheDead, late, clock.instant())).isFalse();
        assertThat(only("chat").state()).isEqualTo(State.DELIVERED);
        assertThat(only("chat").attempts()).isEqualTo(2);
    }

    @Test
    void isNotHeldUpByAReceiverThatDoesNotAnswer() throws Exception {
        var over = new CountDownLatch(1);
        try (var slow = new Receiver()) {
            slow.answers(exchange -> {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            make("slow", slow.url(), "");
            for (int i = 0; i < 2 * Dispatcher.AT_ONCE; i++) {
                webhooks.ping("slow");
            }
            make("quick", "");
            webhooks.ping("quick");
            var node = node();

            node.sendDue();

            await().until(() -> receiver.received().size() == 1);
            over.countDown();
            settle(node);
        }
    }

    @Test
    void keepsSecretsOutOfTheLog(CapturedOutput output) throws Exception {
        var secret = make("chat", "");
        receiver.answers(500, "no");
        calls.send("POST", "/api/v1/webhooks/chat/test", "", 202);
        send();

        assertThat(output.getAll())
                .contains("webhook chat: delivery " + only("chat").id() + " PENDING")
                .doesNotContain(secret.substring(6), "from=dyno");
    }

    @Test
    void forgetsOldDeliveries() throws Exception {
        make("chat", "");
        calls.send("POST", "/api/v1/webhooks/chat/test", "", 202);
        send();
        calls.send("POST", "/api/v1/webhooks/chat/test", "", 202);
        clock.pass(Duration.ofDays(30));

        assertThat(deliveries.removeBefore(clock.instant().minus(Duration.ofDays(29))))
                .isOne();
        assertThat(only("chat").state()).as("what waits goes on waiting").isEqualTo(State.PENDING);
    }

    private Dispatcher node() {
        return new Dispatcher(deliveries, sender, new BackOff(new Random(1)), clock, events);
    }

    /// Sends what is due, and waits for all answers.
    private void send() throws InterruptedException {
        settle(node());
    }

    private void settle(Dispatcher node) throws InterruptedException {
        do {
            node.sendDue();
            await().atMost(Duration.ofSeconds(20)).until(node::isIdle);
        } while (hasDue());
    }

    private boolean hasDue() {
        return jdbc.sql("""
                        SELECT count(*)
                        FROM webhook_delivery
                        WHERE state = 'PENDING' AND due_at <= :now AND (leased_until IS NULL OR leased_until <= now())
                        """)
                        .param("now", DeliveryStore.timestamp(clock.instant()))
                        .query(Long.class)
                        .single()
                > 0;
    }

    private Delivery only(String webhook) {
        var all = deliveries.list(webhook, null, 10, null);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    /// @return the secret
    private String make(String name, String more) {
        return make(name, receiver.url(), more);
    }

    private String make(String name, String url, String more) {
        var body = "{\"name\": \"%s\", \"url\": \"%s\"%s}".formatted(name, url, more);
        return calls.send("POST", "/api/v1/webhooks", body, 201).path("secret").asString();
    }

    private UUID submit() {
        return UUID.fromString(
                calls.send("POST", "/api/v1/jobs", SMOKE, 202).path("id").asString());
    }

    private void end(UUID job, String state, String failure, UUID run) {
        commit(() -> endInTransaction(job, state, failure, run));
    }

    /// As the queue does it.
    private void endInTransaction(UUID job, String state, String failure, UUID run) {
        jdbc.sql("""
                        UPDATE job
                        SET state = :state, failure = CAST(:failure AS json), run_id = :run, finished_at = created_at
                        WHERE id = :id
                        """)
                .param("state", state)
                .param("failure", failure)
                .param("run", run)
                .param("id", job)
                .update();
        events.publishEvent(new JobEndStored(job));
    }

    private void commit(Runnable work) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> work.run());
    }

    private static NewAlert regression() {
        return new NewAlert(
                Kind.REGRESSION,
                "generator direct",
                "generator",
                "direct",
                "sha256:00",
                null,
                null,
                "It is slower",
                Map.of("score", 4.5));
    }
}
