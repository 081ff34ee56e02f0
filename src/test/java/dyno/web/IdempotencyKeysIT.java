package dyno.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dyno.support.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotencyKeysIT {

    private static final String SCOPE = "POST /api/v1/jobs";

    private DataSource database;
    private JdbcClient jdbc;
    private IdempotencyKeys keys;
    private Instant now;
    private final AtomicInteger works = new AtomicInteger();

    @BeforeAll
    void connect() {
        database = TestDatabase.fresh();
        jdbc = JdbcClient.create(database);
        jdbc.sql("CREATE TABLE work (number integer)").update();
        keys = new IdempotencyKeys(
                new IdempotencyKeyStore(jdbc), new DataSourceTransactionManager(database), () -> now);
    }

    @BeforeEach
    void empty() {
        jdbc.sql("TRUNCATE idempotency_key, work").update();
        now = Instant.parse("2026-01-01T12:00:00Z");
        works.set(0);
    }

    @Test
    void doesTheWorkOnceAndRepeatsItsAnswer() {
        var first = keys.once("k", SCOPE, "{}", this::work);
        var second = keys.once("k", SCOPE, "{}", this::work);

        assertThat(first.isReplayed()).isFalse();
        assertThat(second).isEqualTo(new Answer.Outcome(first.answer(), true));
        assertThat(workRows()).isEqualTo(1);
        assertThat(second.response().getStatusCode().value()).isEqualTo(202);
        assertThat(second.response().getHeaders().getFirst("Idempotency-Replayed"))
                .isEqualTo("true");
        assertThat(second.response().getHeaders().getFirst(HttpHeaders.LOCATION))
                .isEqualTo("/api/v1/jobs/1");
        assertThat(second.response().getBody()).asString().isEqualTo("{\"id\":1}");
        assertThat(first.response().getHeaders().containsHeader("Idempotency-Replayed"))
                .isFalse();
    }

    @Test
    void doesTheWorkEachTimeWithoutAKey() {
        keys.once(null, SCOPE, "{}", this::work);
        keys.once(null, SCOPE, "{}", this::work);

        assertThat(workRows()).isEqualTo(2);
        assertThat(keptRows()).isZero();
    }

    @Test
    void keepsScopesApart() {
        keys.once("k", SCOPE, "{}", this::work);

        assertThat(keys.once("k", "POST /api/v1/suites/quick/jobs", "{}", this::work)
                        .isReplayed())
                .isFalse();
    }

    @Test
    void refusesAKeyThatCameWithAnotherBody() {
        keys.once("k", SCOPE, "{}", this::work);

        refuses(ProblemCode.IDEMPOTENCY_KEY_REUSED, () -> keys.once("k", SCOPE, "[]", this::work));
        assertThat(workRows()).isEqualTo(1);
    }

    @Test
    void leavesAKeyUnusedWhereTheWorkIsRefused() {
        refuses(
                ProblemCode.INVALID_REQUEST,
                () -> keys.once("k", SCOPE, "{}", () -> {
                    work();
                    throw new ProblemException(ProblemCode.INVALID_REQUEST, "no");
                }));
        assertThatIllegalStateException()
                .isThrownBy(() -> keys.once("k", SCOPE, "{}", () -> {
                    work();
                    throw new IllegalStateException("defect");
                }));

        assertThat(workRows()).isZero();
        assertThat(keys.once("k", SCOPE, "[]", this::work).isReplayed()).isFalse();
    }

    @Test
    void forgetsAKeyAfterADay() {
        keys.once("k", SCOPE, "{}", this::work);
        now = now.plus(Duration.ofHours(24));
        assertThat(keys.once("k", SCOPE, "{}", this::work).isReplayed()).isTrue();
        now = now.plusSeconds(1);

        assertThat(keys.once("k", SCOPE, "[]", this::work).isReplayed()).isFalse();
        assertThat(keys.once("k", SCOPE, "[]", this::work).isReplayed()).isTrue();
    }

    @Test
    void removesOldKeysAsNewOnesCome() {
        for (int i = 0; i < 150; i++) {
            keys.once("old-" + i, SCOPE, "{}", this::work);
        }
        now = now.plus(Duration.ofHours(25));

        keys.once("new-1", SCOPE, "{}", this::work);
        assertThat(keptRows()).isEqualTo(51);
        keys.once("new-2", SCOPE, "{}", this::work);
        assertThat(keptRows()).isEqualTo(2);
    }

    @Test
    void refusesAKeyWhoseFirstRequestIsStillAtWork() throws Exception {
        var started = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        try (var executor = Executors.newSingleThreadExecutor()) {
            var first = executor.submit(() -> keys.once("k", SCOPE, "{}", () -> {
                started.countDown();
                await(mayEnd);
                return work();
            }));
            started.await();
            try {
                refuses(ProblemCode.IDEMPOTENCY_IN_PROGRESS, () -> keys.once("k", SCOPE, "{}", this::work));
                assertThat(keys.once("other", SCOPE, "{}", this::work).isReplayed())
                        .isFalse();
            } finally {
                mayEnd.countDown();
            }
            assertThat(first.get().isReplayed()).isFalse();
        }

        assertThat(keys.once("k", SCOPE, "{}", this::work).isReplayed()).isTrue();
    }

    @Test
    void doesTheWorkOnceForManyAtATime() throws Exception {
        try (var executor = Executors.newFixedThreadPool(6)) {
            var tasks = java.util.Collections.<java.util.concurrent.Callable<Boolean>>nCopies(60, () -> {
                try {
                    return keys.once("k", SCOPE, "{}", this::work).isReplayed();
                } catch (ProblemException e) {
                    return e.code() == ProblemCode.IDEMPOTENCY_IN_PROGRESS;
                }
            });

            assertThat(executor.invokeAll(tasks))
                    .extracting(future -> future.get())
                    .containsOnlyOnce(false);
        }
        assertThat(workRows()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "\u00fc", "a\u007f"})
    void refusesKeysThatAreNotPrintable(String key) {
        refuses(ProblemCode.INVALID_REQUEST, () -> keys.once(key, SCOPE, "{}", this::work));
    }

    @Test
    void takesKeysOfUpTo128Characters() {
        assertThat(keys.once(" ~".repeat(64), SCOPE, "{}", this::work).isReplayed())
                .isFalse();
        refuses(ProblemCode.INVALID_REQUEST, () -> keys.once("x".repeat(129), SCOPE, "{}", this::work));
    }

    @Test
    void keepsSuccessesOnly() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Answer(409, null, "{}"));
    }

    private Answer work() {
        int number = works.incrementAndGet();
        jdbc.sql("INSERT INTO work (number) VALUES (:number)")
                .param("number", number)
                .update();
        return new Answer(202, "/api/v1/jobs/" + number, "{\"id\":" + number + "}");
    }

    private long workRows() {
        return jdbc.sql("SELECT count(*) FROM work").query(Long.class).single();
    }

    private long keptRows() {
        return jdbc.sql("SELECT count(*) FROM idempotency_key")
                .query(Long.class)
                .single();
    }

    private static void refuses(ProblemCode code, Supplier<?> request) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(request::get)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
