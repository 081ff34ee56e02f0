package dyno.figures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The same job with nobody watching, and beside many clients that wait for events of a job that does
/// nothing and some
/// that never end their request: A/A.
final class IdleClients {

    private static final int CLIENTS = 200;
    private static final int SLOW_CLIENTS = 50;
    private static final int PAIRS = 6;

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

    private static final Pattern EFFECT = Pattern.compile("\"cases\"\\s*:\\s*\\[(.{0,600})", Pattern.DOTALL);

    private static final Pattern RUN = Pattern.compile("\"runId\"\\s*:\\s*\"([0-9a-f-]{36})\"");

    private final Path data;

    IdleClients(Path data) {
        this.data = data;
    }

    /// @param run        its id
    /// @param ownPercent what the service itself took of the machine's processors meanwhile
    private record Measured(String run, double ownPercent) {}

    void measure() throws IOException, InterruptedException {
        var ratios = new ArrayList<Double>();
        var further = new ArrayList<Double>();
        try (var service = MeasuredService.start(data, List.of())) {
            for (int i = 0; i < PAIRS; i++) {
                // By turns, so that a machine that becomes slower does not speak against one of them.
                boolean watchedFirst = i % 2 == 1;
                var first = measure(service, watchedFirst);
                var second = measure(service, !watchedFirst);
                var alone = watchedFirst ? second : first;
                var beside = watchedFirst ? first : second;
                print("no clients", score(service, alone));
                print(CLIENTS + " idle and " + SLOW_CLIENTS + " slow clients", score(service, beside));
                print("the service's comparison of these two", comparison(service, alone.run(), beside.run()));
                ratios.add(value(service, beside) / value(service, alone));
                further.add(beside.ownPercent() - alone.ownPercent());
            }
        }
        ServiceFigures.print("score beside clients / alone", "", ratios);
        // However noisy the machine: clients cannot take more of a job than they take of the processors.
        ServiceFigures.print("processors that clients cost the service", "%", further);
    }

    private static void print(String what, String score) {
        System.out.printf("%-40s %s%n", what, score);
    }

    private static String score(MeasuredService service, Measured measured) throws IOException, InterruptedException {
        var score = found(service, measured);
        return "%s bytes/s, 95 %% [%s], the service took %.2f %% of the processors"
                .formatted(score.group(1), score.group(2), measured.ownPercent());
    }

    private static double value(MeasuredService service, Measured measured) throws IOException, InterruptedException {
        return Double.parseDouble(found(service, measured).group(1));
    }

    private static Matcher found(MeasuredService service, Measured measured) throws IOException, InterruptedException {
        var score = SCORE.matcher(service.get("/api/v1/runs/" + measured.run()));
        if (!score.find()) {
            throw new IOException("The run has no score");
        }
        return score;
    }

    /// The beginning of its first case: verdict, effect, interval.
    private static String comparison(MeasuredService service, String baseline, String candidate)
            throws IOException, InterruptedException {
        var found = EFFECT.matcher(
                service.get("/api/v1/comparisons?baseline=%s&candidate=%s".formatted(baseline, candidate)));
        if (!found.find()) {
            throw new IOException("The comparison has no case");
        }
        return found.group(1).replaceAll("\\s+", " ");
    }

    /// The measured job is submitted first: what the clients wait for stays behind it.
    private static Measured measure(MeasuredService service, boolean watched) throws IOException, InterruptedException {
        var clients = new ArrayList<Stream<String>>();
        var job = MeasuredService.id(service.post("/api/v1/jobs", JOB));
        var waiting = MeasuredService.id(service.post("/api/v1/jobs", WAITING));
        for (int i = 0; watched && i < CLIENTS; i++) {
            clients.add(service.follow(waiting));
        }
        double ownPercent;
        try (var events = service.follow(job);
                var _ = new SlowClients(service.port(), watched ? SLOW_CLIENTS : 0)) {
            long start = System.nanoTime();
            var before = service.processorTime();
            events.forEach(line -> {});
            var took = service.processorTime().minus(before);
            ownPercent = 100.0
                    * took.toNanos()
                    / (System.nanoTime() - start)
                    / Runtime.getRuntime().availableProcessors();
        }
        service.post("/api/v1/jobs/" + waiting + "/cancel", "");
        clients.forEach(Stream::close);
        var run = RUN.matcher(service.get("/api/v1/jobs/" + job));
        if (!run.find()) {
            throw new IOException("The job has no run");
        }
        return new Measured(run.group(1), ownPercent);
    }
}
