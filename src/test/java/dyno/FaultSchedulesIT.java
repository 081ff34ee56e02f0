package dyno;

import static dyno.support.Rows.number;
import static dyno.support.Rows.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.ServiceProcess;
import dyno.support.SmallDisk;
import dyno.support.TcpProxy;
import dyno.support.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Two services on one PostgreSQL, a mixed load, and two hundred random schedules of what can go wrong.
///
/// Each service's data folder is a small disk of its own, which takes root to mount.
@Tag("long")
@Timeout(value = 90, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class FaultSchedulesIT {

    private static final int SCHEDULES = 200;
    private static final int NODES = 2;
    private static final int DISK_MEBIBYTES = 256;
    private static final int LONGEST_PAUSE_MILLIS = 700;
    private static final int LONGEST_FAULT_MILLIS = 2_500;

    /// Longer than a lease, so that the other node takes the job over.
    private static final int LONG_FREEZE_MILLIS = 13_000;

    private static final int LONG_FREEZE_ONE_IN = 8;
    private static final int WITHIN_ONE_IN = 4;

    private static final List<String> LOAD = List.of("""
            {"engine": "checker", "plan": {"mode": "SMOKE"}}
            """, """
            {"engine": "checker", "plan": {"mode": "SMOKE"}, "matrix": {"blockBytes": [1, 10, 100, 1000, 10000]}}
            """, """
            {"engine": "generator", "workload": {"totalBytes": 4194304, "chunkBytes": 65536, "sink": "FILE"},
             "plan": {"forks": 1, "warmupIterations": 1, "iterations": 2, "minIterationMillis": 20}}
            """, """
            {"engine": "checker", "plan": {"forks": 2, "warmupIterations": 1, "iterations": 2, "minIterationMillis": 20}}
            """);

    private enum Fault {
        KILL,
        STOP,
        FREEZE,
        DATABASE_AWAY,
        DISK_FULL
    }

    private final Random random = new Random(20_261_121);
    private final Set<String> accepted = new HashSet<>();
    private int unanswered;
    private final Map<Fault, Integer> played = new EnumMap<>(Fault.class);
    private final List<Node> nodes = new ArrayList<>();

    @TempDir
    Path folder;

    private TcpProxy way;
    private Map<String, String> environment;
    private String direct;
    private TestDatabase.Address address;

    /// A service that comes and goes, on a disk that stays.
    private final class Node {

        private final SmallDisk disk;
        private @Nullable ServiceProcess service;
        private boolean isFrozen;

        private Node(SmallDisk disk) {
            this.disk = disk;
        }

        private void start() throws IOException {
            service = ServiceProcess.start(disk.folder(), environment);
        }

        private void signal(String name) throws Exception {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(service.pid())).start();
            assertThat(kill.waitFor()).isZero();
            isFrozen = name.equals("STOP");
        }

        private boolean canAnswer() {
            return service != null && !isFrozen;
        }
    }

    @BeforeEach
    void startNodes() throws Exception {
        address = TestDatabase.address();
        direct = address.jdbcUrl();
        var server = URI.create(direct.substring("jdbc:".length()));
        way = new TcpProxy(server.getPort());
        environment = Map.of(
                "DYNO_DATABASE_URL", direct.replace(":" + server.getPort(), ":" + way.port()),
                "DYNO_DATABASE_USER", address.user(),
                "DYNO_DATABASE_PASSWORD", address.password(),
                "DYNO_SCRATCH_RESERVE", "16MB");
        for (int i = 0; i < NODES; i++) {
            var node = new Node(SmallDisk.mount(folder.resolve("node" + i), DISK_MEBIBYTES));
            nodes.add(node);
            node.start();
        }
    }

    @AfterEach
    void stopNodes() throws Exception {
        for (var node : nodes) {
            if (node.service != null) {
                if (node.isFrozen) {
                    node.signal("CONT");
                }
                node.service.close();
            }
            node.disk.close();
        }
        way.close();
    }

    @Test
    void nothingAcceptedIsLostHoweverFaultsFollowEachOther() throws Exception {
        for (int i = 0; i < SCHEDULES; i++) {
            load(2 + random.nextInt(4));
            play(Fault.values()[random.nextInt(Fault.values().length)], true);
        }
        assertThat(played).containsOnlyKeys(Fault.values());
        assertThat(accepted).hasSizeGreaterThan(2 * SCHEDULES);
        assertThat(unanswered).isLessThan(played.get(Fault.FREEZE));

        try (var database = DriverManager.getConnection(direct, address.user(), address.password())) {
            await().atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> number(database, "SELECT count(*) FROM job WHERE finished_at IS NULL") == 0);
            assertEnds(database);
            assertThat(strings(database, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'dyno\\_%'"))
                    .isEmpty();
        }
        for (var node : nodes) {
            assertNothingLeft(node);
        }
    }

    private void assertEnds(Connection database) throws Exception {
        assertThat(strings(database, "SELECT CAST(id AS text) FROM job")).containsAll(accepted);
        assertThat(strings(database, "SELECT DISTINCT state FROM job")).isSubsetOf("SUCCEEDED", "FAILED");
        assertThat(strings(database, """
                SELECT CAST(failure AS text)
                FROM job
                WHERE state = 'FAILED' AND failure ->> 'code' NOT IN ('WORKER_LOST', 'DISK_FULL')
                """)).isEmpty();
        assertThat(number(database, "SELECT count(*) FROM job WHERE state = 'SUCCEEDED'"))
                .isPositive()
                .isEqualTo(number(database, "SELECT count(*) FROM run WHERE NOT partial"));
        // What a job had measured before its disk was full.
        assertThat(strings(database, """
                SELECT DISTINCT failure ->> 'code'
                FROM run
                JOIN job ON run.job_id = job.id
                WHERE partial
                """)).isSubsetOf("DISK_FULL");
        assertThat(number(database, """
                SELECT count(*)
                FROM run
                LEFT JOIN job ON run.job_id = job.id AND run.id = job.run_id
                WHERE job.id IS NULL
                """)).isZero();
        assertThat(number(database, "SELECT count(*) - count(DISTINCT job_id) FROM run"))
                .isZero();
        assertThat(number(database, """
                SELECT count(*)
                FROM job
                WHERE last_event <> (SELECT count(*) FROM job_event WHERE job_id = job.id)
                """)).isZero();
    }

    private static void assertNothingLeft(Node node) throws Exception {
        assertThat(node.service.forks()).isEmpty();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(node.disk.folder().resolve("scratch")).isEmptyDirectory();
            assertThat(node.disk.folder().resolve("spool")).isEmptyDirectory();
        });
        try (var files = Files.walk(node.disk.folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".new") || name.endsWith(".part") || name.endsWith(".tmp"));
        }
        var pid = node.service.pid();
        var children = node.service.descendants();
        node.service.close();
        node.service = null;
        assertThat(ProcessHandle.of(pid)).isEmpty();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }

    /// What is answered 202 counts; with the database away it may be refused, as may a file's job without room
    /// for the file.
    private void load(int jobs) throws Exception {
        for (int i = 0; i < jobs; i++) {
            var node = nodes.get(random.nextInt(NODES));
            if (node.canAnswer()) {
                submit(node, LOAD.get(random.nextInt(LOAD.size())));
            }
        }
    }

    private void submit(Node node, String job) throws Exception {
        HttpResponse<String> answer;
        try {
            answer = node.service.post("/api/v1/jobs", job);
        } catch (IOException e) {
            // A connection that grew old while its service was frozen: the client writes while the service closes it.
            unanswered++;
            return;
        }
        if (answer.statusCode() == 202) {
            accepted.add(JsonMapper.shared().readTree(answer.body()).path("id").asString());
        } else if (answer.statusCode() == 422) {
            assertThat(answer.body()).contains("bytes of disk");
        } else {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        }
    }

    /// One fault from its beginning to its end, with load beside it and perhaps another fault within it.
    private void play(Fault fault, boolean mayHaveAnotherWithin) throws Exception {
        pause(LONGEST_PAUSE_MILLIS);
        var node = nodes.get(random.nextInt(NODES));
        if (!node.canAnswer()) {
            return;
        }
        played.merge(fault, 1, Integer::sum);
        System.out.printf(
                "%d accepted, %s on %s%n",
                accepted.size(), fault, node.disk.folder().getFileName());
        switch (fault) {
            case KILL -> {
                node.service.kill();
                node.service = null;
            }
            case STOP -> {
                node.service.close();
                node.service = null;
            }
            case FREEZE -> node.signal("STOP");
            case DATABASE_AWAY -> way.cut();
            case DISK_FULL -> node.disk.fill();
        }
        load(random.nextInt(3));
        var within = mayHaveAnotherWithin && random.nextInt(WITHIN_ONE_IN) == 0 ? another(fault) : null;
        if (within != null) {
            play(within, false);
        }
        pause(
                fault == Fault.FREEZE && random.nextInt(LONG_FREEZE_ONE_IN) == 0
                        ? LONG_FREEZE_MILLIS
                        : LONGEST_FAULT_MILLIS);
        switch (fault) {
            case KILL, STOP -> node.start();
            case FREEZE -> node.signal("CONT");
            case DATABASE_AWAY -> way.mend();
            case DISK_FULL -> node.disk.free();
        }
    }

    /// A service starts only where it finds its database and room, so that those two do not enclose its end.
    private @Nullable Fault another(Fault around) {
        var within = Fault.values()[random.nextInt(Fault.values().length)];
        boolean endsService = within == Fault.KILL || within == Fault.STOP;
        boolean isStarted = around == Fault.DATABASE_AWAY || around == Fault.DISK_FULL;
        return within == around || endsService && isStarted ? null : within;
    }

    /// How long things last is the test's input; nothing is waited for.
    private void pause(int longestMillis) throws InterruptedException {
        new CountDownLatch(1).await(1 + random.nextInt(longestMillis), TimeUnit.MILLISECONDS);
    }
}
