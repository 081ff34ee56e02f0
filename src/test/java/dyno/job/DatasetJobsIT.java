package dyno.job;

import static dyno.job.Submissions.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.f4b6a3.uuid.UuidCreator;
import dyno.catalog.EngineCatalog;
import dyno.engine.Dataset;
import dyno.engine.DatasetFile;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class DatasetJobsIT {

    private static final UUID BOOKS = UUID.fromString("00000000-0000-4000-8000-00000000000b");

    private final TestQueue queue = new TestQueue();
    private final DatasetJobs readers = new DatasetJobs(queue.jdbc);

    @BeforeEach
    void storeADataset() {
        queue.jdbc.sql("""
                        INSERT INTO dataset (id, name, kind, folder, sha256, facts, created_at)
                        VALUES (:id, 'books', 'marc', :id, '0b', '{}', now())
                        """).param("id", BOOKS).update();
    }

    @Test
    void namesTheJobThatWaitsOrRunsUntilItEnds() {
        assertThat(readers.reader(BOOKS)).isEmpty();

        var first = add("0b");
        assertThat(readers.reader(BOOKS)).hasValue("job " + first);
        var second = add("0b");
        queue.claim("node");
        assertThat(queue.state(first)).isEqualTo(JobState.RUNNING);
        assertThat(readers.reader(BOOKS)).hasValue("job " + first);

        queue.jobs.cancel(first, TestQueue.NOON);
        assertThat(readers.reader(BOOKS)).hasValue("job " + second);
        queue.jobs.cancel(second, TestQueue.NOON);
        assertThat(readers.reader(BOOKS)).isEmpty();
    }

    @Test
    void refusesAJobWhoseDatasetChangedWhileItWasPlanned() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> add("0a"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.UNKNOWN_DATASET));

        assertThat(queue.jobs.waiting()).isZero();
        assertThat(readers.reader(BOOKS)).isEmpty();
    }

    @Test
    void refusesAJobWhoseDatasetIsBeingDeleted() throws Exception {
        var locked = new CountDownLatch(1);
        var transaction = new TransactionTemplate(new JdbcTransactionManager(queue.database));
        var deleted = CompletableFuture.runAsync(() -> transaction.executeWithoutResult(status -> {
            queue.jdbc
                    .sql("SELECT id FROM dataset WHERE id = :id FOR UPDATE")
                    .param("id", BOOKS)
                    .query(UUID.class)
                    .single();
            locked.countDown();
            awaitAnInsertThatWaits();
            queue.jdbc
                    .sql("DELETE FROM dataset WHERE id = :id")
                    .param("id", BOOKS)
                    .update();
        }));
        locked.await();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> add("0b"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.UNKNOWN_DATASET));
        assertThat(deleted).succeedsWithin(Duration.ofSeconds(20));
        assertThat(queue.jobs.waiting()).isZero();
    }

    private void awaitAnInsertThatWaits() {
        org.awaitility.Awaitility.await()
                .until(() -> queue.jdbc.sql("""
                                SELECT count(*)
                                FROM pg_stat_activity
                                WHERE datname = current_database() AND wait_event_type = 'Lock'
                                """).query(Long.class).single() > 0);
    }

    /// @param sha256 of the dataset when the job was planned
    private UUID add(String sha256) {
        var file = new DatasetFile("f", Path.of("f"), 1 << 20, sha256, Map.of());
        var planned = new Admission(
                        EngineCatalog.standard(),
                        () -> Submissions.MACHINE,
                        Submissions.CAPACITY,
                        name -> Optional.of(new Dataset(name, "marc", sha256, List.of(file), Map.of("records", 1L))))
                .plan(tree("{'engine': 'marc', 'workload': {'input': {'dataset': 'books'}}}"));
        var id = UuidCreator.getTimeOrderedEpoch();
        queue.jobs.add(id, planned, TestQueue.NOON);
        return id;
    }
}
