package dyno.job;

import static dyno.job.TestQueue.MEASURE;
import static dyno.job.TestQueue.SMOKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.environment.EnvironmentProbe;
import dyno.fork.ForkOutcome;
import dyno.fork.ForkRequest;
import dyno.job.JobMeasurement.Bench;
import dyno.job.JobRunner.Places;
import dyno.job.JobWorker.Node;
import dyno.support.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// A node on a real queue whose forks do as each test says.
class JobWorkerIT {

    private static final TestQueue QUEUE = new TestQueue();
    private static final EnvironmentProbe ENVIRONMENT = EnvironmentProbe.ofThisMachine();

    private final TestQueue queue = QUEUE.emptied();
    private final Path scratch = TestFolders.fresh("scratch");
    private final Path spool = TestFolders.fresh("spool");
    private final Path locks = TestFolders.fresh("locks");
    private final List<JobWorker> workers = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (var worker : workers) {
            worker.stop();
        }
    }

    @Test
    void runsWhatWaits() throws Exception {
        var jobs = List.of(queue.add(SMOKE), queue.add(MEASURE), queue.add(SMOKE));

        start(FakeHost.ofGoodForks());

        jobs.forEach(id -> awaitState(id, JobState.SUCCEEDED));
    }

    @Test
    void runsNothingBesideAMeasuredJob() throws Exception {
        var measured = queue.add(MEASURE);
        var smoke = queue.add(SMOKE);
        var seen = Collections.synchronizedList(new ArrayList<JobState>());
        var host = new FakeHost((request, timeout) -> {
            if (request.depth().name().equals("SHORT")) {
                seen.add(queue.state(measured));
            }
            return FakeHost.good(request);
        });

        start(host);

        awaitState(smoke, JobState.SUCCEEDED);
        assertThat(seen).containsExactly(JobState.SUCCEEDED);
    }

    @Test
    void letsNoSmokeJobOvertakeAMeasuredJobThatWaits() throws Exception {
        var running = queue.add(SMOKE);
        var host = FakeHost.ofGoodForks().hanging();
        var worker = start(host);
        host.begun.acquire();
        var measured = queue.add(MEASURE);
        var late = queue.add(SMOKE);
        host.relent();
        worker.heard(measured);
        worker.heard(late);

        assertThat(queue.jobs.cancel(running, TestQueue.NOON)).isTrue();
        worker.heard(running);

        awaitState(late, JobState.SUCCEEDED);
        assertThat(queue.jobs.require(measured).finishedAt())
                .isBeforeOrEqualTo(queue.jobs.require(late).startedAt());
    }

    @Test
    void interruptsAJobThatIsCancelledAndGoesOn() throws Exception {
        var cancelled = queue.add(MEASURE);
        var host = FakeHost.ofGoodForks().hanging();
        var worker = start(host);
        host.begun.acquire();
        host.relent();

        assertThat(queue.jobs.cancel(cancelled, TestQueue.NOON)).isTrue();
        worker.heard(cancelled);
        var next = queue.add(MEASURE);

        awaitState(next, JobState.SUCCEEDED);
        assertThat(queue.state(cancelled)).isEqualTo(JobState.CANCELLED);
        assertThat(queue.runsOf(cancelled)).isZero();
        await().untilAsserted(() -> assertThat(scratch).isEmptyDirectory());
    }

    @Test
    void givesItsJobBackWhenItStopsAndTakesItUpAgain() throws Exception {
        var id = queue.add(MEASURE);
        var hanging = FakeHost.ofGoodForks().hanging();
        start(hanging);
        hanging.begun.acquire();

        workers.removeLast().stop();
        assertThat(queue.state(id)).isEqualTo(JobState.QUEUED);
        start(FakeHost.ofGoodForks());

        awaitState(id, JobState.SUCCEEDED);
        assertThat(queue.jobs.require(id).attempt()).isEqualTo(1);
    }

    @Test
    void givesAJobBackForWhichNoThreadIsToBeHad() throws Exception {
        var id = queue.add(SMOKE);
        var refusals = new AtomicInteger(3);

        start("node", FakeHost.ofGoodForks(), queue.files(scratch.getParent()), work -> new Thread(work) {
            @Override
            public void start() {
                if (refusals.getAndDecrement() > 0) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                super.start();
            }
        });

        awaitState(id, JobState.SUCCEEDED);
        assertThat(refusals).hasValueLessThan(0);
        assertThat(queue.jobs.require(id).attempt()).isEqualTo(1);
        assertThat(queue.runsOf(id)).isEqualTo(1);
    }

    @Test
    void takesUpWhatItRanBeforeItDied() throws Exception {
        var id = queue.add(MEASURE);
        queue.claim("node");

        start(FakeHost.ofGoodForks());

        awaitState(id, JobState.SUCCEEDED);
        assertThat(queue.jobs.require(id).attempt()).isEqualTo(2);
        assertThat(queue.news).hasAtLeastOneElementOfType(JobRecovered.class);
    }

    @Test
    void takesUpWhatAnotherNodeLost() throws Exception {
        var id = queue.add(SMOKE);
        queue.claim("other");
        queue.letLeaseExpire(id);

        start(FakeHost.ofGoodForks());

        awaitState(id, JobState.SUCCEEDED);
        assertThat(queue.jobs.require(id).attempt()).isEqualTo(2);
    }

    @Test
    void renewsTheLeaseOfWhatItRuns() throws Exception {
        var id = queue.add(MEASURE);
        var host = FakeHost.ofGoodForks().hanging();
        var worker = start(host);
        host.begun.acquire();
        queue.letLeaseExpire(id);

        worker.heard(id);

        await().until(() -> queue.jdbc
                .sql("SELECT lease_until > now() FROM job WHERE id = :id")
                .param("id", id)
                .query(Boolean.class)
                .single());
        assertThat(queue.jobs.require(id).attempt()).isEqualTo(1);
    }

    @Test
    void measuresNothingWhileAnotherServiceOfTheHostDoes() throws Exception {
        var host = FakeHost.ofGoodForks();
        try (var other = HostLock.in(locks)) {
            assertThat(other.tryAcquire()).isTrue();
            var cancelled = queue.add(MEASURE);
            start(host);
            assertThat(queue.jobs.cancel(cancelled, TestQueue.NOON)).isTrue();
            var next = queue.add(MEASURE);
            assertThat(host.ran).isEmpty();

            other.release();

            awaitState(next, JobState.SUCCEEDED);
            assertThat(host.ran).hasSize(1);
        }
    }

    @Test
    void keepsAResultUntilTheDatabaseIsBack() throws Exception {
        var id = queue.add(SMOKE);
        var host = new FakeHost((ForkRequest request, Duration timeout) -> lostDatabase(request));

        start(host);

        awaitState(id, JobState.SUCCEEDED);
        assertThat(queue.runsOf(id)).isEqualTo(1);
        assertThat(host.ran).hasSize(1);
    }

    @Test
    void keepsAResultOnDiskWhileTheDatabaseIsAway() throws Exception {
        var id = queue.add(SMOKE);
        var host = new FakeHost((request, timeout) -> {
            queue.database.refuseJobs(Integer.MAX_VALUE);
            return FakeHost.good(request);
        });
        start(host);
        await().until(() -> !isEmpty(spool));

        queue.database.refuseJobs(0);

        awaitState(id, JobState.SUCCEEDED);
        await().until(() -> isEmpty(spool));
        assertThat(queue.runsOf(id)).isEqualTo(1);
    }

    @Test
    void storesAtItsNextStartWhatWaitedForTheDatabase() throws Exception {
        var id = queue.add(MEASURE);
        var host = new FakeHost((request, timeout) -> {
            queue.database.refuseJobs(Integer.MAX_VALUE);
            return FakeHost.good(request);
        });
        start(host);
        await().until(() -> !isEmpty(spool));
        workers.removeLast().stop();
        assertThat(queue.state(id)).isEqualTo(JobState.RUNNING);

        queue.database.refuseJobs(0);
        start(FakeHost.ofGoodForks().hanging());

        assertThat(queue.state(id)).isEqualTo(JobState.SUCCEEDED);
        assertThat(queue.runsOf(id)).isEqualTo(1);
        assertThat(isEmpty(spool)).isTrue();
        assertThat(queue.jobs.require(id).attempt()).isEqualTo(1);
    }

    @Test
    void leavesAJobThatWentToAnotherNodeToThatOne() throws Exception {
        var id = queue.add(MEASURE);
        var lost = queue.claim("node");
        new Spool(spool).put(new Spool.Spooled(lost, TestQueue.success(id), List.of()));
        queue.letLeaseExpire(id);
        queue.claims.recoverExpired(Set.of(), TestQueue.NOON);
        queue.claim("other");

        start(FakeHost.ofGoodForks());

        assertThat(queue.state(id)).isEqualTo(JobState.RUNNING);
        assertThat(queue.runsOf(id)).isZero();
        assertThat(isEmpty(spool)).isTrue();
    }

    @Test
    void removesWhatWasKeptADayAgo() throws Exception {
        var outputs = scratch.resolveSibling("outputs");
        var old = Files.createDirectories(outputs.resolve(UUID.randomUUID().toString()));
        var young = Files.createDirectories(outputs.resolve(UUID.randomUUID().toString()));
        Files.writeString(old.resolve("rows"), "old");
        Files.setLastModifiedTime(old, FileTime.from(queue.node.now().minus(Duration.ofHours(25))));

        start(FakeHost.ofGoodForks());

        await().untilAsserted(() -> assertThat(old).doesNotExist());
        assertThat(young).exists();
    }

    @Test
    void removesOutputsOfRunsThatArePurgedAndOfNoOtherJob() throws Exception {
        var purged = queue.add(MEASURE);
        queue.claims.finish(queue.claim("other"), TestQueue.success(purged), List.of(), TestQueue.NOON);
        var kept = queue.add(MEASURE);
        queue.claims.finish(queue.claim("other"), TestQueue.success(kept), List.of(), TestQueue.NOON);
        var cancelled = queue.add(MEASURE);
        queue.jobs.cancel(cancelled, TestQueue.NOON);
        var outputs = TestFolders.fresh("data").resolve("outputs");
        for (var job : List.of(purged, kept, cancelled)) {
            Files.writeString(
                    Files.createDirectories(outputs.resolve(job.toString())).resolve("rows"), "rows");
        }
        queue.jdbc.sql("DELETE FROM run WHERE job_id = ?").param(purged).update();

        start("node", FakeHost.ofGoodForks(), queue.files(outputs.getParent()));

        await().untilAsserted(
                        () -> assertThat(outputs.resolve(purged.toString())).doesNotExist());
        assertThat(outputs.resolve(kept.toString()).resolve("rows")).exists();
        assertThat(outputs.resolve(cancelled.toString()).resolve("rows")).exists();
    }

    @Test
    void boundsGeneratedInputsOnceAMeasuredJobHasEnded() throws Exception {
        var cache = TestFolders.fresh("data").resolve("cache");
        var seen = Collections.synchronizedList(new ArrayList<Boolean>());
        var host = new FakeHost((request, timeout) -> {
            try {
                var input = Files.createDirectories(cache.resolve("measurements-1"));
                Files.write(input.resolve("part-1.parquet"), new byte[100]);
                seen.add(Files.exists(input.resolve("part-1.parquet")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return FakeHost.good(request);
        });
        var id = queue.add(MEASURE);

        start("node", host, queue.files(cache.getParent(), DataSize.ofBytes(99)));

        awaitState(id, JobState.SUCCEEDED);
        await().untilAsserted(() -> assertThat(cache.resolve("measurements-1")).doesNotExist());
        assertThat(seen).containsOnly(true).isNotEmpty();
    }

    @Test
    void removesSmokeRunsAfterADay() throws Exception {
        var id = queue.add(SMOKE);
        queue.claims.finish(queue.claim("other"), TestQueue.success(id), List.of(), TestQueue.NOON);
        queue.jdbc.sql("UPDATE run SET mode = 'SMOKE'").update();
        var young = queue.add(SMOKE);

        start(FakeHost.ofGoodForks());

        awaitState(young, JobState.SUCCEEDED);
        await().until(() -> queue.runsOf(id) == 0);
        assertThat(queue.runsOf(young)).isEqualTo(1);
        assertThat(queue.state(id)).isEqualTo(JobState.SUCCEEDED);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private ForkOutcome lostDatabase(ForkRequest request) {
        queue.database.refuseJobs(4);
        return FakeHost.good(request);
    }

    @Test
    void sharesTheQueueAmongManyNodes() throws Exception {
        var jobs = new ArrayList<UUID>();
        for (int i = 0; i < 20; i++) {
            jobs.add(queue.add(SMOKE));
        }
        var host = FakeHost.ofGoodForks();

        for (int i = 0; i < 4; i++) {
            start("node" + i, host);
        }

        jobs.forEach(id -> awaitState(id, JobState.SUCCEEDED));
        assertThat(host.ran).hasSize(20);
        jobs.forEach(id -> assertThat(queue.runsOf(id)).isEqualTo(1));
    }

    private JobWorker start(FakeHost host) throws IOException {
        return start("node", host);
    }

    private JobWorker start(String name, FakeHost host) throws IOException {
        return start(name, host, queue.files(scratch.getParent()));
    }

    private JobWorker start(String name, FakeHost host, NodeFiles files) throws IOException {
        return start(name, host, files, Thread.ofPlatform().factory());
    }

    private JobWorker start(String name, FakeHost host, NodeFiles files, ThreadFactory threads) throws IOException {
        var ends = new JobEnds(queue.node, new Spool(spool));
        var bench = new Bench(
                host,
                host,
                Submissions.MACHINE,
                scratch.resolveSibling("cache"),
                Submissions.DATABASES,
                dataset -> Optional.empty(),
                Map::of,
                System::nanoTime);
        var facts = new NodeFacts(name, "here", 2, "sha256:0", Map.of("name", name));
        var presence = new Presence(facts, queue.nodes, () -> TestQueue.NOON);
        presence.join();
        var worker = new JobWorker(
                new Node(name, 2, Submissions.CAPACITY, threads),
                queue.node,
                new JobRunner(
                        Submissions.CATALOG,
                        ENVIRONMENT,
                        queue.node,
                        new Places(bench, scratch, new ScratchSchemas(queue.jdbc), ends, files)),
                new Leases(queue.database, presence),
                HostLock.in(locks));
        worker.start();
        workers.add(worker);
        return worker;
    }

    private void awaitState(UUID id, JobState state) {
        await().atMost(Duration.ofSeconds(60)).until(() -> queue.state(id) == state);
    }
}
