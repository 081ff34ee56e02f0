package dyno.embedded;

import static dyno.embedded.EmbeddedPostgresIT.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.ChildJvm;
import dyno.support.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KilledOwnerIT {

    private final Path folder = TestFolders.fresh("killed");

    @Test
    void leavesNoProcessBehindAndNothingIsLost() throws Exception {
        try (var owner = owner()) {
            owner.awaitLine(ServerOwner.READY);
            var processes = owner.descendants();
            assertThat(commands(processes))
                    .anyMatch(c -> c.endsWith("/postgres"))
                    .anyMatch(c -> c.endsWith("sh"));

            owner.kill();

            // At once: the old server may still be writing its checkpoint.
            try (var next = EmbeddedPostgres.start(folder, TestFolders.programs())) {
                assertThat(query(next, "SELECT text FROM note")).containsExactly("kept");
            }
            ChildJvm.awaitEndOf(processes);
            assertThat(Files.readString(folder.resolve("server.log"))).doesNotContain("not properly shut down");
        }
    }

    @Test
    void losesNothingWhereItsServerAndWatcherWereKilledWithIt() throws Exception {
        try (var owner = owner()) {
            owner.awaitLine(ServerOwner.READY);
            var processes = owner.descendants();
            owner.kill();
            processes.forEach(ProcessHandle::destroyForcibly);
            ChildJvm.awaitEndOf(processes);
        }

        try (var next = EmbeddedPostgres.start(folder, TestFolders.programs())) {
            assertThat(query(next, "SELECT text FROM note")).containsExactly("kept");
        }
        assertThat(folder.resolve("server.log")).content().contains("not properly shut down");
    }

    @Test
    void keepsNoWatcherWhenItsServerDies() throws Exception {
        try (var owner = owner()) {
            owner.awaitLine(ServerOwner.READY);
            var processes = owner.descendants();

            postmaster().destroyForcibly();

            ChildJvm.awaitEndOf(processes);
        }
    }

    @Test
    @Tag("long")
    void isSucceededWhereItsServerRunsOnWithoutAWatcher() throws Exception {
        ProcessHandle orphan;
        try (var owner = owner()) {
            owner.awaitLine(ServerOwner.READY);
            orphan = postmaster();
            // One that is just being started still looks like its parent.
            var watchers = await().until(() -> watchersOf(owner), found -> !found.isEmpty());
            watchers.forEach(ProcessHandle::destroyForcibly);
            owner.kill();
            ChildJvm.awaitEndOf(watchers);
        }
        assertThat(orphan.isAlive()).isTrue();

        try (var next = EmbeddedPostgres.start(folder, TestFolders.programs())) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(query(next, "SELECT text FROM note")).containsExactly("kept");
        }
    }

    private static List<ProcessHandle> watchersOf(ChildJvm owner) {
        return owner.descendants().stream()
                .filter(process -> commands(List.of(process)).getFirst().endsWith("sh"))
                .toList();
    }

    private ChildJvm owner() throws IOException {
        return ChildJvm.start(
                ServerOwner.class,
                List.of(folder.toString(), TestFolders.programs().toString()),
                Map.of());
    }

    private ProcessHandle postmaster() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(folder.resolve("cluster/postmaster.pid")).getFirst());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static List<String> commands(List<ProcessHandle> processes) {
        return processes.stream()
                .map(process -> process.info().command().orElse(""))
                .toList();
    }
}
