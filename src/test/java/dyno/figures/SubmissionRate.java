package dyno.figures;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// Submits so many jobs a second whether the service keeps up or not, kills it, and looks for each that it accepted.
final class SubmissionRate {

    private static final int PER_SECOND = 500;
    private static final int SECONDS = 10;

    /// At a lower pace, so that the service has compiled what it runs.
    private static final int FIRST_JOBS = 3_000;

    private static final int FIRST_PER_SECOND = 150;
    private static final int CONNECTIONS = 16;

    private static final List<String> PAUSED = List.of("DYNO_WORKER_ENABLED=false", "DYNO_QUEUE_CAPACITY=1000000");

    private static final String JOB = """
            {"engine": "generator", "workload": {"totalBytes": 16777216, "chunkBytes": 1048576, "threads": 1},
             "plan": {"mode": "SMOKE"}, "labels": {"figure": "%s"}}
            """;

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private final Path data;
    private final String label = Long.toString(System.nanoTime());

    SubmissionRate(Path data) {
        this.data = data;
    }

    private record Answered(String id, double seconds, long atNanos) {}

    void measure() throws IOException, InterruptedException {
        Set<String> accepted = new HashSet<>();
        try (var service = MeasuredService.start(data, PAUSED)) {
            submit(service, FIRST_JOBS, FIRST_PER_SECOND).forEach(answer -> accepted.add(answer.id()));
            var answers = submit(service, PER_SECOND * SECONDS, PER_SECOND);
            answers.forEach(answer -> accepted.add(answer.id()));
            var times = answers.stream().mapToLong(Answered::atNanos).summaryStatistics();
            double seconds = (times.getMax() - times.getMin()) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%-40s %d accepted in %.2f s: %.0f/s%n",
                    "submissions, dispatch paused",
                    answers.size(),
                    seconds,
                    (answers.size() - 1) / seconds);
            ServiceFigures.print(
                    "  answered after",
                    "s",
                    answers.stream().map(Answered::seconds).toList());
            service.kill();
        }
        try (var service = MeasuredService.start(data, PAUSED)) {
            var kept = all(service);
            accepted.removeAll(kept);
            System.out.printf("%-40s %d of the accepted jobs are missing after kill -9%n", "", accepted.size());
            cancelAll(service, kept);
        }
        if (!accepted.isEmpty()) {
            throw new IOException("Jobs were lost: " + accepted);
        }
    }

    /// An open load: requests leave when they are due, or as soon as a connection is free; what they wait for one
    /// counts.
    private List<Answered> submit(MeasuredService service, int count, int perSecond)
            throws IOException, InterruptedException {
        byte[] request = KeptConnection.post("/api/v1/jobs", JOB.formatted(label));
        var answers = new ConcurrentLinkedQueue<Answered>();
        var next = new AtomicInteger();
        long start = System.nanoTime();
        Callable<Void> connection = () -> {
            try (var kept = new KeptConnection(service.port())) {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    long due = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
                    while (System.nanoTime() < due) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    answers.add(answered(kept.send(request), due));
                }
            }
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (var done : threads.invokeAll(Collections.nCopies(CONNECTIONS, connection))) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("A connection failed", e);
        }
        return List.copyOf(answers);
    }

    private static Answered answered(KeptConnection.Answer answer, long due) {
        if (answer.status() != 202) {
            throw new IllegalStateException(answer.status() + " " + answer.body());
        }
        long now = System.nanoTime();
        return new Answered(MeasuredService.id(answer.body()), (now - due) / 1e9, now);
    }

    private Set<String> all(MeasuredService service) throws IOException, InterruptedException {
        var kept = new HashSet<String>();
        String next = "/api/v1/jobs?limit=200&label=figure:" + label;
        while (!next.isEmpty()) {
            var page = service.client().send(service.request(next).build(), BodyHandlers.ofString());
            kept.addAll(MeasuredService.ids(page.body()));
            var link = NEXT.matcher(page.headers().firstValue("Link").orElse(""));
            next = link.find() ? link.group(1) : "";
        }
        return kept;
    }

    /// The next service on the folder has something else to measure.
    private static void cancelAll(MeasuredService service, Set<String> jobs) {
        var all = jobs.stream()
                .map(id -> service.client()
                        .sendAsync(
                                service.request("/api/v1/jobs/" + id + "/cancel")
                                        .POST(BodyPublishers.noBody())
                                        .build(),
                                BodyHandlers.discarding()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
    }
}
