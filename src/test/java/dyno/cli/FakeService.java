package dyno.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/// Stands in for the service's entry point in a process of its own: takes `serve --port 0 --bind … --data DIR`, and
/// behaves as its first argument says.
final class FakeService {

    private FakeService() {}

    public static void main(String[] args) throws Exception {
        var data = Path.of(args[List.of(args).indexOf("--data") + 1]);
        Files.write(data.resolve("arguments"), List.of(args));
        System.out.println("fake service says hello");
        switch (args[0]) {
            case "serves" -> serve(data);
            case "refuses" -> refuse();
            case "dies-with-the-first-job" -> dieWithTheFirstJob(data);
            default -> throw new IllegalArgumentException(args[0]);
        }
        new CountDownLatch(1).await();
    }

    private static void serve(Path data) throws IOException {
        var api = suite(new PlayedApi());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(data, api)));
        announce(data, api);
    }

    private static void dieWithTheFirstJob(Path data) throws IOException {
        var api = suite(new PlayedApi());
        api.on("GET /api/v1/jobs/j1/events", exchange -> {
            System.out.println("fake service has had enough");
            System.out.flush();
            Runtime.getRuntime().halt(9);
        });
        announce(data, api);
    }

    private static void refuse() {
        System.out.println("fake service refuses: the folder is in use");
        System.out.flush();
        Runtime.getRuntime().halt(3);
    }

    /// Tells, for the test to see, what was asked of it and that it was stopped in good order.
    private static void stop(Path data, PlayedApi api) {
        try {
            Files.writeString(
                    data.resolve("stopped"), api.requestLines().stream().collect(Collectors.joining("\n")));
            Files.delete(data.resolve(ServiceFile.NAME));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void announce(Path data, PlayedApi api) throws IOException {
        var json = "{\"pid\": %d, \"port\": %d, \"started\": \"2026-01-01T00:00:00Z\"}";
        Files.writeString(
                data.resolve(ServiceFile.NAME),
                json.formatted(ProcessHandle.current().pid(), api.port()));
    }

    private static PlayedApi suite(PlayedApi api) {
        return PlayedSuite.on(api)
                .on("GET /api/v1/engines", PlayedApi.json(200, "[]"))
                .on("GET /api/v1/jobs?limit=1", PlayedApi.json(503, "{}"), PlayedApi.json(200, "{\"items\": []}"));
    }
}
