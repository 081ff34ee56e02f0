package dyno.job;

import static dyno.job.TestQueue.NOON;
import static dyno.job.TestQueue.SMOKE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class AnnouncementsIT {

    private static final TestQueue QUEUE = new TestQueue();

    private final TestQueue queue = QUEUE.emptied();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CountDownLatch listening = new CountDownLatch(1);
    private final Notifications notifications = new Notifications(
            queue.database, announced -> heard.add(announced.job() + " " + announced.type()), listening::countDown);

    @BeforeEach
    void listen() throws Exception {
        notifications.start();
        assertThat(listening.await(10, SECONDS)).isTrue();
    }

    @AfterEach
    void stop() throws Exception {
        notifications.stop();
    }

    @Test
    void tellsWhatWasCommittedInOrderAndNothingElse() throws Exception {
        var transaction = new TransactionTemplate(new JdbcTransactionManager(queue.database));
        transaction.executeWithoutResult(status -> {
            queue.add(SMOKE);
            status.setRollbackOnly();
        });
        var id = queue.add(SMOKE);
        assertThat(next()).isEqualTo(id + " state");

        transaction.executeWithoutResult(status -> {
            assertThat(queue.jobs.cancel(id, NOON)).isTrue();
            // Nobody may hear of it before it is there to be read.
            assertThat(heard).isEmpty();
        });
        assertThat(next()).isEqualTo(id + " end");
        assertThat(heard).isEmpty();
    }

    @Test
    void tellsOfEachOfManyThatComeAtOnce() throws Exception {
        var added = new HashSet<String>();
        try (var threads = Executors.newFixedThreadPool(6)) {
            Callable<UUID> submission = () -> queue.add(SMOKE);
            for (var job : threads.invokeAll(
                    IntStream.range(0, 200).mapToObj(i -> submission).toList())) {
                added.add(job.get() + " state");
            }
        }

        var told = new HashSet<@Nullable String>();
        for (int i = 0; i < 200; i++) {
            told.add(next());
        }
        assertThat(told).isEqualTo(added);
    }

    @Test
    void heedsNothingThatIsNoneOfOurs() throws Exception {
        for (var message : List.of("", " ", "state", "x state", "0193e5a0-0000-7000-8000-000000000000")) {
            queue.jdbc
                    .sql("SELECT pg_notify('dyno_job', :message)")
                    .param("message", message)
                    .query((row, number) -> true)
                    .list();
        }
        var id = queue.add(SMOKE);

        assertThat(next()).isEqualTo(id + " state");
    }

    /// Null where none comes.
    private @Nullable String next() throws InterruptedException {
        return heard.poll(20, SECONDS);
    }
}
