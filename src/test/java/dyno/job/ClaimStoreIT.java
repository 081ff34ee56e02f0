package dyno.job;

import static dyno.job.TestQueue.MEASURE;
import static dyno.job.TestQueue.NOON;
import static dyno.job.TestQueue.SMOKE;
import static dyno.job.TestQueue.claimant;
import static dyno.job.TestQueue.success;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.FailureCode;
import dyno.engine.Warning;
import dyno.job.Payload.Draft;
import dyno.measurement.Plan.Mode;
import dyno.measurement.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimStoreIT {

    private static final Room ALL = new Room(true, Long.MAX_VALUE);

    private static final TestQueue QUEUE = new TestQueue();

    private final TestQueue queue = QUEUE.emptied();
    private final ClaimStore claims = queue.claims;

    @Test
    void handsOutTheHighestPriorityFirstAndThenTheOldest() {
        var low = queue.add("{'engine': 'pump', 'priority': 49}");
        var first = queue.add(MEASURE);
        var second = queue.add(SMOKE);
        var high = queue.add("{'engine': 'pump', 'priority': 51}");

        assertThat(List.of(claim(), claim(), claim(), claim()))
                .extracting(Claim::job)
                .containsExactly(high, first, second, low);
        assertThat(claims.claim(claimant("n"), ALL, NOON)).isEmpty();
        assertThat(claims.head(claimant("n"))).isEmpty();
    }

    @Test
    void doesNotOvertakeAHeadThatDoesNotFit() {
        queue.add(MEASURE);
        queue.add(SMOKE);

        assertThat(claims.head(claimant("n"))).hasValue(Mode.MEASURE);
        assertThat(claims.claim(claimant("n"), new Room(false, Long.MAX_VALUE), NOON))
                .isEmpty();
    }

    @Test
    void keepsSmokeJobsWithinTheMemoryThatIsLeft() {
        var id = queue.add(SMOKE);
        long needed = queue.jobs.require(id).memoryBytes();

        assertThat(claims.claim(claimant("n"), new Room(true, needed - 1), NOON))
                .isEmpty();
        assertThat(claims.claim(claimant("n"), new Room(false, needed), NOON))
                .map(Claim::job)
                .hasValue(id);
    }

    @Test
    void marksWhatItHandsOut() {
        var id = queue.add(SMOKE);

        var claim = claim();

        assertThat(claim).isEqualTo(new Claim(id, "n", 1));
        var job = queue.jobs.require(id);
        assertThat(job.state()).isEqualTo(JobState.RUNNING);
        assertThat(job.worker()).isEqualTo("n");
        assertThat(job.startedAt()).isEqualTo(NOON);
        assertThat(queue.events(id).getLast())
                .isEqualTo("state {\"state\":\"RUNNING\",\"attempt\":1,\"worker\":\"n\"}");
    }

    @Test
    void givesEachJobToOneOfManyWorkers() throws Exception {
        var ids = IntStream.range(0, 50).mapToObj(i -> queue.add(SMOKE)).collect(Collectors.toSet());

        try (var workers = Executors.newFixedThreadPool(8)) {
            Callable<Optional<Claim>> claim = () -> claims.claim(claimant("n"), ALL, NOON);
            var claimed = workers
                    .invokeAll(IntStream.range(0, 50).mapToObj(i -> claim).toList())
                    .stream()
                    .map(Future::resultNow)
                    .flatMap(Optional::stream)
                    .map(Claim::job)
                    .toList();

            // A worker may find the only row left locked by another and come back later; it never gets one twice.
            assertThat(claimed).doesNotHaveDuplicates().isSubsetOf(ids);
            while (claims.claim(claimant("n"), ALL, NOON).isPresent()) {
                assertThat(queue.jobs.counts().get(JobState.RUNNING)).isLessThanOrEqualTo(50);
            }
        }
        assertThat(queue.jobs.counts()).containsEntry(JobState.RUNNING, 50L);
        ids.forEach(id -> assertThat(queue.jobs.require(id).attempt()).isEqualTo(1));
    }

    @Test
    void appendsWhileTheClaimHolds() {
        var id = queue.add(SMOKE);
        var claim = claim();
        var progress = new Progress(0, 1, 0, 1, Stage.WARMUP, 0, 1, 0.25, null);

        assertThat(claims.append(claim, progress, List.of(Draft.progress(progress)), NOON))
                .isTrue();

        assertThat(queue.jobs.require(id).progress()).isEqualTo(progress);
        assertThat(queue.events(id).getLast())
                .startsWith("progress {\"case\":0,\"cases\":1,\"fork\":0,\"forks\":1,\"stage\":\"WARMUP\"");
        assertThat(queue.jobs.cancel(id, NOON)).isTrue();
        assertThat(claims.append(claim, progress, List.of(Draft.progress(progress)), NOON))
                .isFalse();
        assertThat(queue.events(id).getLast()).startsWith("end ");
    }

    @Test
    void storesEndRunAndUnsaidEventsTogether() {
        var id = queue.add(SMOKE);
        var end = success(id);
        var unsaid = Draft.warning(new Warning("LATE", "said at the end"));

        assertThat(claims.finish(claim(), end, List.of(unsaid), NOON)).isTrue();

        assertThat(queue.jobs.require(id).runId()).isEqualTo(end.runId());
        assertThat(queue.runsOf(id)).isEqualTo(1);
        assertThat(queue.events(id).stream().map(event -> event.substring(0, event.indexOf(' '))))
                .containsExactly("state", "state", "warning", "state", "end");
    }

    @Test
    void tellsOfEachEndOnceWithinItsTransaction() {
        var finished = queue.add(SMOKE);
        claims.finish(claim(), success(finished), List.of(), NOON);
        var cancelled = queue.add(SMOKE);
        queue.jobs.cancel(cancelled, NOON);
        queue.jobs.cancel(cancelled, NOON);
        var lost = queue.add(SMOKE);
        claims.release(claim(), NOON);
        for (int losses = 0; losses < 2; losses++) {
            claim();
            queue.letLeaseExpire(lost);
            claims.recoverExpired(Set.of(), NOON);
        }

        assertThat(queue.ended).containsExactly(finished, cancelled, lost);
    }

    @Test
    void storesNothingForAJobThatWasCancelled() {
        var id = queue.add(SMOKE);
        var claim = claim();
        assertThat(queue.jobs.cancel(id, NOON)).isTrue();

        assertThat(claims.finish(claim, success(id), List.of(), NOON)).isFalse();

        assertThat(queue.state(id)).isEqualTo(JobState.CANCELLED);
        assertThat(queue.runsOf(id)).isZero();
    }

    @Test
    void letsCancellationOrResultWinButNeverBoth() throws Exception {
        try (var two = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 50; i++) {
                var id = queue.add(SMOKE);
                var claim = claim();
                var start = new CyclicBarrier(2);
                var cancelled = two.submit(() -> {
                    start.await();
                    return queue.jobs.cancel(id, NOON);
                });
                var finished = two.submit(() -> {
                    start.await();
                    return claims.finish(claim, success(id), List.of(), NOON);
                });

                assertThat(cancelled.get()).isNotEqualTo(finished.get());
                assertThat(queue.state(id)).isEqualTo(finished.get() ? JobState.SUCCEEDED : JobState.CANCELLED);
                assertThat(queue.runsOf(id)).isEqualTo(finished.get() ? 1 : 0);
                assertThat(queue.events(id).stream().filter(event -> event.startsWith("end ")))
                        .hasSize(1);
            }
        }
    }

    @Test
    void putsAJobBackWhoseLeaseRanOutAndFailsItTheSecondTime() {
        var id = queue.add(SMOKE);
        claim();
        assertThat(claims.recoverExpired(Set.of(), NOON)).isEmpty();
        queue.letLeaseExpire(id);

        assertThat(claims.recoverExpired(Set.of(), NOON)).containsExactly(id);
        assertThat(queue.state(id)).isEqualTo(JobState.QUEUED);
        assertThat(queue.jobs.require(id).attempt()).isEqualTo(1);
        assertThat(queue.events(id).getLast())
                .isEqualTo("state {\"state\":\"QUEUED\",\"attempt\":1,\"worker\":null,"
                        + "\"reason\":\"the lease of n ran out\"}");

        assertThat(claim().attempt()).isEqualTo(2);
        queue.letLeaseExpire(id);
        assertThat(claims.recoverExpired(Set.of(), NOON)).containsExactly(id);

        var job = queue.jobs.require(id);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure()).isNotNull().extracting("code").isEqualTo(FailureCode.WORKER_LOST);
        assertThat(queue.events(id).getLast()).startsWith("end {\"state\":\"FAILED\"");
    }

    @Test
    void sparesJobsThatTheAskingNodeIsRunning() {
        var id = queue.add(SMOKE);
        claim();
        queue.letLeaseExpire(id);

        assertThat(claims.recoverExpired(Set.of(id), NOON)).isEmpty();
        assertThat(queue.state(id)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void doesNotLetANodeWriteThatLostItsClaim() {
        var id = queue.add(SMOKE);
        var lost = claim();
        queue.letLeaseExpire(id);
        claims.recoverExpired(Set.of(), NOON);
        var held = queue.claim("other");

        assertThat(claims.finish(lost, success(id), List.of(), NOON)).isFalse();
        assertThat(claims.release(lost, NOON)).isFalse();
        assertThat(claims.finish(held, success(id), List.of(), NOON)).isTrue();
        assertThat(queue.runsOf(id)).isEqualTo(1);
    }

    @Test
    void takesTheEndOfALostAttemptWhileNoOtherHasBegun() {
        var id = queue.add(SMOKE);
        var lost = claim();
        queue.letLeaseExpire(id);
        claims.recoverExpired(Set.of(), NOON);
        assertThat(queue.state(id)).isEqualTo(JobState.QUEUED);

        assertThat(claims.finish(lost, success(id), List.of(), NOON)).isTrue();

        var job = queue.jobs.require(id);
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.worker()).isEqualTo("n");
        assertThat(queue.runsOf(id)).isEqualTo(1);
        assertThat(claims.claim(claimant("other"), ALL, NOON)).isEmpty();
        assertThat(claims.finish(lost, success(id), List.of(), NOON)).isFalse();
        assertThat(queue.events(id)).last().asString().startsWith("end ");
    }

    @Test
    void takesTheEndOfALostAttemptFromTheNodeThatLostItAlone() {
        var id = queue.add(SMOKE);
        var lost = claim();
        queue.letLeaseExpire(id);
        claims.recoverExpired(Set.of(), NOON);

        assertThat(claims.finish(new Claim(id, "other", lost.attempt()), success(id), List.of(), NOON))
                .isFalse();
        claims.release(queue.claim("other"), NOON);
        assertThat(queue.jobs.require(id).attempt()).isEqualTo(lost.attempt());
        // Another attempt had begun, though it counts for nothing.
        assertThat(claims.finish(lost, success(id), List.of(), NOON)).isFalse();
        assertThat(queue.runsOf(id)).isZero();
    }

    @Test
    void doesNotClaimWhatItIsStillBusyWith() {
        var busy = queue.add(SMOKE);
        var next = queue.add(MEASURE);

        assertThat(claims.head(claimant("n", busy))).hasValue(Mode.MEASURE);
        assertThat(claims.claim(claimant("n", busy), ALL, NOON)).map(Claim::job).hasValue(next);
    }

    @Test
    void passesOverJobsThatArePinnedToAnotherKindOfNode() {
        join("small", Map.of("cpus", "2", "zone", "a"));
        join("large", Map.of("cpus", "64", "zone", "a"));
        var pinned = queue.add("{'engine': 'pump', 'labels': {'node.cpus': '64', 'node.zone': 'a', 'branch': 'main'}}");
        var nowhere = queue.add("{'engine': 'pump', 'labels': {'node.zone': 'b'}}");
        var free = queue.add(SMOKE);

        assertThat(claims.head(claimant("small"))).hasValue(Mode.SMOKE);
        assertThat(queue.claim("small").job()).isEqualTo(free);
        assertThat(claims.claim(claimant("small"), ALL, NOON)).isEmpty();
        assertThat(queue.claim("large").job()).isEqualTo(pinned);
        assertThat(claims.claim(claimant("large"), ALL, NOON)).isEmpty();
        assertThat(claims.claim(claimant("unknown"), ALL, NOON)).isEmpty();
        assertThat(queue.state(nowhere)).isEqualTo(JobState.QUEUED);
    }

    @Test
    void leavesJobsThatNeedMoreMemoryThanANodeHasToLargerOnes() {
        var smoke = queue.add("{'engine': 'pump', 'priority': 60, 'plan': {'mode': 'SMOKE'}}");
        var measured = queue.add("{'engine': 'pump', 'priority': 55}");
        long needed = queue.jobs.require(smoke).memoryBytes();
        var tiny = new Claimant("tiny", new Capacity(needed - 1, needed - 1, () -> 0, 0), Set.of());
        var quiet = new Claimant("quiet", new Capacity(needed, needed - 1, () -> 0, 0), Set.of());

        assertThat(queue.jobs.require(measured).memoryBytes()).isEqualTo(needed);
        assertThat(claims.head(tiny)).isEmpty();
        assertThat(claims.claim(tiny, ALL, NOON)).isEmpty();
        assertThat(claims.head(quiet)).hasValue(Mode.MEASURE);
        assertThat(claims.claim(quiet, ALL, NOON)).map(Claim::job).hasValue(measured);
        assertThat(claims.claim(claimant("n"), ALL, NOON)).map(Claim::job).hasValue(smoke);
    }

    @Test
    void claimsNothingForANodeThatDrains() {
        join("n", Map.of());
        var id = queue.add(SMOKE);
        queue.nodes.drain("n", true);

        assertThat(claims.head(claimant("n"))).isEmpty();
        assertThat(claims.claim(claimant("n"), ALL, NOON)).isEmpty();

        queue.nodes.drain("n", false);
        assertThat(claim().job()).isEqualTo(id);
    }

    @Test
    void leavesJobsThatReadADatasetToTheNodeThatHasIt() {
        var id = queue.add(SMOKE);
        queue.jdbc.sql("""
                        INSERT INTO dataset (id, name, kind, folder, node, sha256, facts, created_at)
                        VALUES (:id, 'books', 'marc', :id, 'holder', '0b', '{}', now())
                        """).param("id", id).update();
        queue.jdbc
                .sql("INSERT INTO job_dataset (job_id, dataset_id) VALUES (:id, :id)")
                .param("id", id)
                .update();
        var other = queue.add(SMOKE);

        assertThat(claim().job()).isEqualTo(other);
        assertThat(claims.claim(claimant("n"), ALL, NOON)).isEmpty();
        assertThat(queue.claim("holder").job()).isEqualTo(id);
    }

    private void join(String name, Map<String, String> labels) {
        queue.nodes.join(new NodeFacts(name, "here", 2, "sha256:0", labels), UUID.randomUUID(), NOON);
    }

    @Test
    void usesUpNoAttemptWhenANodeStops() {
        var id = queue.add(SMOKE);

        assertThat(claims.release(claim(), NOON)).isTrue();

        var job = queue.jobs.require(id);
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(job.attempt()).isZero();
        assertThat(job.worker()).isNull();
        assertThat(claim().attempt()).isEqualTo(1);
    }

    @Test
    void putsBackWhatANodeRanInItsEarlierLife() {
        var mine = queue.add(SMOKE);
        claim();
        var others = queue.add(SMOKE);
        queue.claim("other");

        assertThat(claims.recoverOwn("n", NOON)).containsExactly(mine);
        assertThat(queue.state(mine)).isEqualTo(JobState.QUEUED);
        assertThat(queue.state(others)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void givesIdsThatRiseByOneHoweverManyWrite() throws Exception {
        var id = queue.add(SMOKE);
        var claim = claim();
        var draft = Draft.warning(new Warning("W", "w"));

        try (var writers = Executors.newFixedThreadPool(8)) {
            Callable<Boolean> append = () -> claims.append(claim, null, List.of(draft, draft), NOON);
            var results = writers.invokeAll(
                    IntStream.range(0, 40).mapToObj(i -> append).toList());
            assertThat(results).allMatch(Future::resultNow);
        }

        assertThat(queue.events(id)).hasSize(82);
    }

    private Claim claim() {
        return queue.claim("n");
    }
}
