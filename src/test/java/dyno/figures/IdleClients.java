package dyno.figures;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// One job of two equal cases whose forks take turns: nobody watches those of the one, a crowd stands beside those of
/// the other. A/A, with fork i next to fork i: whatever a neighbour does to the machine, it does to both.
final class IdleClients {

    private static final int CLIENTS = 200;
    private static final int SLOW_CLIENTS = 50;

    /// The index of the case that is measured beside the crowd.
    private static final String WATCHED_CASE = "1";

    /// Chunks that stay in a core's own cache, and callers that do not wait for one another: what the crowd takes of
    /// the processors shows, and a processor that a neighbour takes costs what it is and no more.
    ///
    /// Warm-up of some seconds: a fork beside two hundred clients that have just come is slower.
    private static final String JOB = """
            {"engine": "generator",
             "workload": {"totalBytes": 1073741824, "chunkBytes": 131072, "threads": 1, "streams": 2},
             "variants": [{"name": "alone"}, {"name": "watched"}],
             "baseline": "alone",
             "plan": {"forks": 40, "warmupIterations": 25, "iterations": 10, "minIterationMillis": 100}}
            """;

    /// Waits behind every other job.
    private static final String WAITING = """
            {"engine": "generator", "workload": {"totalBytes": 16777216, "chunkBytes": 1048576}, "priority": 0}
            """;

    private static final Pattern PROGRESS = Pattern.compile("^data:.*\"case\":(\\d+),.*\"stage\":\"([A-Z]+)\"");

    private static final Pattern COMPARED = Pattern.compile("\"cases\"\\s*:\\s*\\[(.{0,600})", Pattern.DOTALL);

    private static final Pattern RUN = Pattern.compile("\"runId\"\\s*:\\s*\"([0-9a-f-]{36})\"");

    private final Path data;

    private final Share alone = new Share();
    private final Share watched = new Share();
    private int unsettled;

    IdleClients(Path data) {
        this.data = data;
    }

    void measure() throws IOException, InterruptedException {
        try (var service = MeasuredService.start(data, List.of())) {
            var job = MeasuredService.id(service.post("/api/v1/jobs", JOB));
            var waiting = MeasuredService.id(service.post("/api/v1/jobs", WAITING));
            try (var crowd = new Crowd(service, waiting, CLIENTS, SLOW_CLIENTS);
                    var events = service.follow(job)) {
                for (var line : (Iterable<String>) events::iterator) {
                    var progress = PROGRESS.matcher(line);
                    if (progress.find()) {
                        turn(service, crowd, progress.group(1).equals(WATCHED_CASE), progress.group(2));
                    }
                }
            }
            service.post("/api/v1/jobs/" + waiting + "/cancel", "");
            var run = RUN.matcher(service.get("/api/v1/jobs/" + job));
            if (!run.find()) {
                throw new IOException("The job has no run");
            }
            print(service, run.group(1));
        }
    }

    /// A fork is at a stage: the crowd begins to come or go when its JVM starts, and is done before it measures.
    private void turn(MeasuredService service, Crowd crowd, boolean beside, String stage)
            throws IOException, InterruptedException {
        var share = beside ? watched : alone;
        switch (stage) {
            case "PREPARING" -> crowd.become(beside);
            case "MEASURING" -> {
                if (!crowd.isSettled(beside)) {
                    unsettled++;
                }
                share.begin(service.processorTime());
            }
            case "VERIFYING" -> share.end(service.processorTime());
            default -> {
                // Warm-up: the crowd is on its way.
            }
        }
    }

    private void print(MeasuredService service, String run) throws IOException, InterruptedException {
        var compared =
                COMPARED.matcher(service.get("/api/v1/comparisons?baseline=%s&candidate=%s".formatted(run, run)));
        if (!compared.find()) {
            throw new IOException("The comparison has no case");
        }
        System.out.printf(
                Locale.ROOT,
                """
                %d idle and %d slow clients beside every second fork, against none; the service's comparison:
                  %s
                  the service took of the processors while a fork was measured: %.2f %% alone, %.2f %% beside the clients
                  times that a fork was measured while clients came or went: %d
                """,
                CLIENTS,
                SLOW_CLIENTS,
                compared.group(1).replaceAll("\\s+", " "),
                alone.percent(),
                watched.percent(),
                unsettled);
    }

    /// What the service took of the machine's processors while forks of one case were measured.
    private static final class Share {

        private long startNanos;
        private Duration before = Duration.ZERO;
        private long nanos;
        private long ownNanos;
        private boolean measuring;

        /// Progress within a stage is told again and again; the first counts.
        void begin(Duration processorTime) {
            if (!measuring) {
                measuring = true;
                startNanos = System.nanoTime();
                before = processorTime;
            }
        }

        void end(Duration processorTime) {
            if (measuring) {
                measuring = false;
                nanos += System.nanoTime() - startNanos;
                ownNanos += processorTime.minus(before).toNanos();
            }
        }

        double percent() {
            return 100.0 * ownNanos / nanos / Runtime.getRuntime().availableProcessors();
        }
    }
}
