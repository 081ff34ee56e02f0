package dyno;

import dyno.environment.EnvironmentProbe;
import dyno.fork.ForkCommand;
import dyno.fork.ForkTraining;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// The face `train`, for the launcher alone: does once what every service and every fork does, and ends. Its JVM is
/// told to write down which classes that takes ([JEP 514](https://openjdk.org/jeps/514)); the next service finds
/// them ready.
final class Train {

    private static final String JOB = """
            {"engine": "generator", "workload": {"totalBytes": 16777216, "chunkBytes": 1048576, "threads": 1},
             "plan": {"mode": "SMOKE"}}
            """;

    private Train() {}

    /// @param args a data folder of its own, and where the forks' cache goes
    static void main(String[] args) {
        var data = Path.of(args[0]);
        Serve.main(new String[] {"--port", "0", "--bind", "127.0.0.1", "--data", args[0]});
        try (var client = HttpClient.newHttpClient()) {
            useService(client, port(data));
            ForkTraining.run(
                    ForkCommand.ofThisJvm(),
                    Path.of(args[1]),
                    data.resolve("scratch/training"),
                    EnvironmentProbe.ofThisMachine().machine());
        } catch (IOException e) {
            System.err.println("The service that was to be learnt from does not answer: " + e);
            System.exit(ExitCode.CANNOT_START);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(0);
    }

    private static int port(Path data) throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(data.resolve("service.json")))
                .path("port")
                .asInt();
    }

    private static void useService(HttpClient client, int port) throws IOException, InterruptedException {
        var root = URI.create("http://127.0.0.1:" + port);
        var submission = HttpRequest.newBuilder(root.resolve("/api/v1/jobs"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JOB))
                .build();
        var job = client.send(submission, BodyHandlers.ofString()).headers().firstValue("Location");
        if (job.isEmpty()) {
            throw new IOException("A job was refused");
        }
        for (var path : List.of(job.get() + "/events", job.get(), "/api/v1/runs", "/actuator/health/readiness")) {
            client.send(HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofString());
        }
    }
}
