package dyno.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Submits a job, or asks what it would be.
@Command(name = "submit", description = "Submit a job.")
final class JobSubmitCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(names = "--dry-run", description = "Show cases and estimates; nothing is submitted.")
    private boolean dryRun;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "The same key and job within 24 hours give the same job again.")
    private @Nullable String idempotencyKey;

    @Parameters(paramLabel = "FILE", description = "The job as JSON, as POST /api/v1/jobs takes it; - reads stdin.")
    private String file = "";

    private final Session session;

    JobSubmitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        String body = body();
        Map<String, String> headers = idempotencyKey == null ? Map.of() : Map.of("Idempotency-Key", idempotencyKey);
        try (var access = ServiceAccess.toRunning(service, session);
                var api = new Api(access.base())) {
            var answer = api.post("/api/v1/jobs" + (dryRun ? "?dryRun=true" : ""), body, headers);
            var summary = new JobSummary(session.terminal());
            if (output.isJson()) {
                session.terminal().out().println(Json.pretty(answer));
            } else if (dryRun) {
                summary.printDryRun(answer);
            } else {
                summary.print(answer);
            }
            return ExitCode.FINE;
        }
    }

    private String body() {
        try {
            return file.equals("-")
                    ? new String(session.in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UnusableArgumentException("%s cannot be read: %s".formatted(file, e));
        }
    }
}
