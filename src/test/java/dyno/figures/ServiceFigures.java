package dyno.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How fast the service itself is, measured from outside: by `./dyno serve` and HTTP, with the JDK alone.
///
/// ```text
/// ./dyno figures [FOLDER [FIGURE ...]]
/// ```
///
/// FOLDER becomes a data folder and is used again where it is one; figures are `ready`, `measure`, `smoke`,
/// `submissions`,
/// `idle` (all of them where none is named). Each prints its median and its spread.
public final class ServiceFigures {

    private static final int STARTS = 7;
    private static final int MEASURE_JOBS = 15;
    private static final int SMOKE_JOBS = 51;

    /// The first jobs of a service load its classes; nobody's tenth job does.
    private static final int FIRST_JOBS = 5;

    private static final String SMALL_MEASURE = """
            {"engine": "generator", "workload": {"totalBytes": 16777216, "chunkBytes": 1048576, "threads": 1},
             "plan": {"forks": 1, "warmupIterations": 1, "iterations": 1, "minIterationMillis": 10}}
            """;

    private static final String SMALL_SMOKE = """
            {"engine": "generator", "workload": {"totalBytes": 16777216, "chunkBytes": 1048576, "threads": 1},
             "plan": {"mode": "SMOKE"}}
            """;

    private ServiceFigures() {}

    public static void main(String[] args) throws Exception {
        var data = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("dyno-figures");
        var wanted = args.length > 1
                ? List.of(args).subList(1, args.length)
                : List.of("ready", "measure", "smoke", "submissions", "idle");
        System.out.println("data folder " + data);
        // A first start builds what is stale, prepares the start and makes the database.
        MeasuredService.start(data, List.of()).close();
        for (var figure : wanted) {
            switch (figure) {
                case "ready" -> ready(data);
                case "measure" ->
                    jobs(data, "POST to the first warm-up iteration", SMALL_MEASURE, "\"WARMUP\"", MEASURE_JOBS);
                case "smoke" -> jobs(data, "POST to the end of a SMOKE job", SMALL_SMOKE, "event:end", SMOKE_JOBS);
                case "idle" -> new IdleClients(data).measure();
                case "submissions" -> new SubmissionRate(data).measure();
                default -> throw new IllegalArgumentException("There is no figure " + figure);
            }
        }
    }

    private static void ready(Path data) throws IOException, InterruptedException {
        var seconds = new ArrayList<Double>();
        for (int i = 0; i < STARTS; i++) {
            try (var service = MeasuredService.start(data, List.of())) {
                seconds.add(service.secondsToReady());
            }
        }
        print("ready after ./dyno serve", "s", seconds);
    }

    private static void jobs(Path data, String what, String job, String until, int count)
            throws IOException, InterruptedException {
        var seconds = new ArrayList<Double>();
        try (var service = MeasuredService.start(data, List.of())) {
            for (int i = 0; i < FIRST_JOBS + count; i++) {
                double took = service.secondsUntil(job, until);
                if (i >= FIRST_JOBS) {
                    seconds.add(took);
                }
            }
        }
        print(what, "s", seconds);
    }

    static void print(String what, String unit, List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-40s median %.3f %s, quartiles %.3f to %.3f, range %.3f to %.3f, n %d%n",
                what,
                quantile(sorted, 0.5),
                unit,
                quantile(sorted, 0.25),
                quantile(sorted, 0.75),
                sorted[0],
                Arrays.stream(sorted).max().orElseThrow(),
                sorted.length);
    }

    /// Hyndman and Fan's type 7.
    static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
