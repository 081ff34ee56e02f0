package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.job.NodeState.State;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PresenceIT {

    private static final TestQueue QUEUE = new TestQueue();

    private final TestQueue queue = QUEUE.emptied();

    @Test
    void showsWhatANodeIsAndRuns() {
        presence("b", "there").join();
        presence("a", "here").join();
        var id = queue.add(TestQueue.SMOKE);
        queue.claim("a");

        var nodes = queue.nodes.all();

        assertThat(nodes).extracting(NodeState::name).containsExactly("a", "b");
        assertThat(nodes).extracting(NodeState::state).containsOnly(State.ACTIVE);
        assertThat(nodes.getFirst().running()).containsExactly(id);
        assertThat(nodes.getFirst().cpus()).isEqualTo(2);
        assertThat(nodes.getFirst().startedAt()).isEqualTo(TestQueue.NOON);
        assertThat(nodes.getLast().running()).isEmpty();
    }

    @Test
    void isGoneWhereItLeftOrWasNotHeardOf() {
        var left = presence("left", "here");
        left.join();
        presence("silent", "here").join();
        left.leave();
        letHeartStop("silent");

        assertThat(queue.nodes.all()).extracting(NodeState::state).containsOnly(State.GONE);
    }

    @Test
    void isThereAgainWithItsNextBeat() throws SQLException {
        var node = presence("a", "here");
        node.join();
        letHeartStop("a");

        beat(node);

        assertThat(queue.nodes.all()).extracting(NodeState::state).containsOnly(State.ACTIVE);
        assertThat(node.isEvicted()).isFalse();
    }

    @Test
    void goesOnDrainingAfterARestart() {
        presence("a", "here").join();
        assertThat(queue.nodes.drain("a", true)).isTrue();

        presence("a", "here").join();

        assertThat(queue.nodes.all()).extracting(NodeState::state).containsOnly(State.DRAINING);
        assertThat(queue.nodes.drain("nobody", true)).isFalse();
    }

    @Test
    void takesItsNameBackAtOnceWhereItDiedInTheSamePlace() throws SQLException {
        var first = presence("a", "here");
        first.join();

        var second = presence("a", "here");
        second.join();

        beat(first);
        assertThat(first.isEvicted()).isTrue();
        beat(second);
        assertThat(second.isEvicted()).isFalse();
    }

    @Test
    void takesTheNameOfOneThatIsGoneFromAnotherPlace() throws SQLException {
        presence("a", "there").join();
        letHeartStop("a");

        var moved = presence("a", "here");
        moved.join();

        beat(moved);
        assertThat(moved.isEvicted()).isFalse();
    }

    @Test
    void refusesANameThatSomebodyElseLivesUnder() throws Exception {
        var original = presence("a", "there");
        original.join();
        var isOver = new AtomicBoolean();
        var heart = Thread.ofPlatform().start(() -> {
            while (!isOver.get()) {
                beatQuietly(original);
            }
        });

        assertThatExceptionOfType(NodeNameTakenException.class)
                .isThrownBy(() -> presence("a", "here").join())
                .withMessageContaining("node a (there)");
        isOver.set(true);
        heart.join();
        assertThat(original.isEvicted()).isFalse();
    }

    @Test
    void forgetsNodesAfterAWeek() {
        presence("old", "here").join();
        presence("drained", "here").join();
        queue.nodes.drain("drained", true);
        queue.jdbc
                .sql("UPDATE node SET heartbeat_at = now() - make_interval(days => 8)")
                .update();

        presence("new", "here").join();

        assertThat(queue.nodes.all()).extracting(NodeState::name).containsExactly("drained", "new");
    }

    private void beatQuietly(Presence node) {
        try {
            beat(node);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void beat(Presence node) throws SQLException {
        try (var connection = queue.database.getConnection()) {
            node.beat(connection);
        }
    }

    private void letHeartStop(String name) {
        queue.jdbc
                .sql("UPDATE node SET heartbeat_at = now() - make_interval(secs => 11) WHERE name = :name")
                .param("name", name)
                .update();
    }

    private Presence presence(String name, String home) {
        var facts = new NodeFacts(name, home, 2, "sha256:" + UUID.randomUUID(), Map.of("name", name));
        return new Presence(facts, queue.nodes, () -> TestQueue.NOON);
    }
}
