package dyno.job;

import static dyno.job.TestQueue.MEASURE;
import static dyno.job.TestQueue.NOON;
import static dyno.job.TestQueue.SMOKE;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.web.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobStoreIT {

    private static final TestQueue QUEUE = new TestQueue();

    private final TestQueue queue = QUEUE.emptied();

    @Test
    void readsBackTheSpecWithItsKeysInTheOrderGiven() {
        var submission = """
                {'engine': 'pump', 'workload': {'input': {'depth': 1.0, 'rows': 7}, 'chunkBytes': 1000000000},
                 'matrix': {'threads': [2, 1], 'note': ['ü', null]}, 'labels': {'b': '1', 'a': '2'}}
                """;
        var id = queue.add(submission);

        var job = queue.jobs.require(id);

        assertThat(job.spec().toString())
                .isEqualTo(Submissions.plan(submission).tree().toString());
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(job.attempt()).isZero();
        assertThat(job.createdAt()).isAfterOrEqualTo(NOON);
        assertThat(queue.jobs.cases(id)).isEqualTo(Submissions.plan(submission).cases());
    }

    @Test
    void beginsItsEventsWithTheStateAndTheWarnings() {
        var id = queue.add("{'engine': 'pump', 'workload': {'mode': 'LEGACY', 'input': {'depth': 2}}}");

        assertThat(queue.events(id))
                .containsExactly(
                        "state {\"state\":\"QUEUED\",\"attempt\":0,\"worker\":null}",
                        "warning {\"code\":\"IGNORED_FIELD\",\"detail\":\"input.depth has no effect with LEGACY\"}");
    }

    @Test
    void knowsThePlacesOfWaitingJobs() {
        var low = queue.add("{'engine': 'pump', 'priority': 10}");
        var first = queue.add(SMOKE);
        var second = queue.add(MEASURE);
        var high = queue.add("{'engine': 'pump', 'priority': 90}");

        var places = Map.of(high, 1, first, 2, second, 3, low, 4);
        assertThat(queue.jobs.positions()).isEqualTo(places);
        places.forEach((id, place) ->
                assertThat(queue.jobs.position(queue.jobs.require(id))).hasValue(place));
        assertThat(queue.jobs.waitingByPriority()).isEqualTo(Map.of(10, 1L, 50, 2L, 90, 1L));
        assertThat(queue.jobs.oldestWaiting()).hasValue(queue.jobs.require(low).createdAt());
    }

    @Test
    void listsPagesThatStayStableUnderInserts() {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(queue.add(SMOKE));
        }

        var first = queue.jobs.list(filter(null, Map.of(), 2, null));
        queue.add(SMOKE);
        var last = first.get(1);
        var second = queue.jobs.list(filter(null, Map.of(), 2, new Cursor(last.createdAt(), last.id())));

        assertThat(first).extracting(Job::id).isEqualTo(ids.subList(0, 3));
        assertThat(second).extracting(Job::id).isEqualTo(ids.subList(2, 5));
    }

    @Test
    void findsJobsByStateEngineAndLabels() {
        var both = queue.add("{'engine': 'pump', 'labels': {'a': '1', 'b': '2'}}");
        var one = queue.add("{'engine': 'pump', 'labels': {'a': '1'}}");
        queue.add("{'engine': 'pump', 'labels': {'a': '2'}}");
        assertThat(queue.jobs.cancel(one, NOON)).isTrue();

        assertThat(ids(filter(null, Map.of("a", "1"), 50, null))).containsExactly(one, both);
        assertThat(ids(filter(null, Map.of("a", "1", "b", "2"), 50, null))).containsExactly(both);
        assertThat(ids(filter(JobState.CANCELLED, Map.of(), 50, null))).containsExactly(one);
        assertThat(ids(new JobFilter(null, "mill", Map.of(), 50, null))).isEmpty();
        assertThat(queue.jobs.counts()).containsEntry(JobState.QUEUED, 2L).containsEntry(JobState.CANCELLED, 1L);
    }

    @Test
    void cancelsAWaitingJobOnce() {
        var id = queue.add(SMOKE);

        assertThat(queue.jobs.cancel(id, NOON)).isTrue();
        assertThat(queue.jobs.cancel(id, NOON)).isFalse();

        assertThat(queue.jobs.require(id).finishedAt()).isEqualTo(NOON);
        assertThat(queue.events(id).subList(1, 3))
                .containsExactly(
                        "state {\"state\":\"CANCELLED\",\"attempt\":0,\"worker\":null}",
                        "end {\"state\":\"CANCELLED\",\"runId\":null,\"failure\":null}");
    }

    private List<UUID> ids(JobFilter filter) {
        return queue.jobs.list(filter).stream().map(Job::id).toList();
    }

    private static JobFilter filter(
            @Nullable JobState state, Map<String, String> labels, int limit, @Nullable Cursor after) {
        return new JobFilter(state, null, labels, limit, after);
    }
}
