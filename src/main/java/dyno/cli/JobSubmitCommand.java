package dyno.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Submits a job, or asks what it would be.
@Command(name = "submit", description = "Submit a job.")
final class JobSubmitCommand extends ClientCommand {

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

    private String body = "";

    JobSubmitCommand(Session session) {
        super(session);
    }

    @Override
    int ask(Api api, ServiceAccess access) throws InterruptedException {
        Map<String, String> headers = idempotencyKey == null ? Map.of() : Map.of("Idempotency-Key", idempotencyKey);
        var answer = api.post("/api/v1/jobs" + (dryRun ? "?dryRun=true" : ""), body, headers);
        var summary = new JobSummary(terminal());
        if (output.isJson()) {
            terminal().out().println(Json.pretty(answer));
        } else if (dryRun) {
            summary.printDryRun(answer);
        } else {
            summary.print(answer);
        }
        return ExitCode.FINE;
    }

    @Override
    void prepare() {
        try {
            body = file.equals("-")
                    ? new String(session().in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UnusableArgumentException("%s cannot be read: %s".formatted(file, e));
        }
    }
}
