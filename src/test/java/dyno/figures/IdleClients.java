package dyno.figures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The same job with nobody watching and with many clients that wait for events of a job that does nothing: A/A.
final class IdleClients {

    private static final int CLIENTS = 200;
    private static final int PAIRS = 2;

    private static final String JOB = """
            {"engine": "generator", "workload": {"totalBytes": 268435456, "chunkBytes": 4194304, "threads": 2},
             "plan": {"forks": 8, "warmupIterations": 3, "iterations": 5, "minIterationMillis": 200}}
            """;

    /// Waits behind every other job.
    private static final String WAITING = """
            {"engine": "generator", "workload": {"totalBytes": 16777216, "chunkBytes": 1048576}, "priority": 0}
            """;

    private static final Pattern SCORE =
            Pattern.compile("\"score\"\\s*:\\s*\\{\"value\"\\s*:\\s*([0-9.eE+]+).*?\"ci95\"\\s*:\\s*\\[([^]]*)]");

    private static final Pattern RUN = Pattern.compile("\"runId\"\\s*:\\s*\"([0-9a-f-]{36})\"");

    private final Path data;

    IdleClients(Path data) {
        this.data = data;
    }

    void measure() throws IOException, InterruptedException {
        try (var service = MeasuredService.start(data, List.of())) {
            for (int i = 0; i < PAIRS; i++) {
                print("no clients", measure(service, false));
                print(CLIENTS + " idle clients", measure(service, true));
            }
        }
    }

    private static void print(String what, String score) {
        System.out.printf("%-40s %s%n", what, score);
    }

    /// The measured job is submitted first: what the clients wait for stays behind it.
    private static String measure(MeasuredService service, boolean watched) throws IOException, InterruptedException {
        var clients = new ArrayList<Stream<String>>();
        var job = MeasuredService.id(service.post("/api/v1/jobs", JOB));
        var waiting = MeasuredService.id(service.post("/api/v1/jobs", WAITING));
        for (int i = 0; watched && i < CLIENTS; i++) {
            clients.add(service.follow(waiting));
        }
        try (var events = service.follow(job)) {
            events.forEach(line -> {});
        }
        service.post("/api/v1/jobs/" + waiting + "/cancel", "");
        clients.forEach(Stream::close);
        var run = RUN.matcher(service.get("/api/v1/jobs/" + job));
        if (!run.find()) {
            throw new IOException("The job has no run");
        }
        var score = SCORE.matcher(service.get("/api/v1/runs/" + run.group(1)));
        if (!score.find()) {
            throw new IOException("The run has no score");
        }
        return "%s bytes/s, 95 %% [%s]".formatted(score.group(1), score.group(2));
    }
}
