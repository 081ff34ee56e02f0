package dyno.fork;

import dyno.catalog.EngineCatalog;
import dyno.engine.Machine;
import dyno.engine.TrialContext.Depth;
import dyno.measurement.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs a fork whose JVM writes down which classes a fork loads, so that later ones find them ready:
/// [JEP 514](https://openjdk.org/jeps/514).
///
/// What its methods did is not written down. A fork that began with another program's profiles would be compiled by
/// them, and two forks of one case would not be two independent measurements any more.
public final class ForkTraining {

    private static final String ENGINE = "generator";
    private static final Map<String, @Nullable Object> WORKLOAD =
            Map.of("totalBytes", 16L << 20, "chunkBytes", 1L << 20, "threads", 1L);
    private static final Plan PLAN = new Plan(Plan.Mode.MEASURE, 1, 1, 1, 1);

    private static final int LIMIT_SECONDS = 120;

    private ForkTraining() {}

    /// Makes `cache`, which is there when this returns, or not where the JVM could not make it.
    ///
    /// @param folder  where the fork may write
    /// @param machine as engines see it
    public static void run(ForkCommand command, Path cache, Path folder, Machine machine)
            throws IOException, InterruptedException {
        var mark = UUID.randomUUID().toString();
        var flags = List.of(
                "-XX:AOTCacheOutput=" + cache.toAbsolutePath(),
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-AOTRecordTraining",
                "-D" + ForkMain.TRAINING_PROPERTY + "=true");
        var request = request(Files.createDirectories(folder), machine);
        var line = command.with(flags).line(ForkMemory.of(request), folder.toAbsolutePath());
        var builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(ForkEnvironment.of(System.getenv(), mark));
        var fork = builder.start();
        try (var stdin = fork.getOutputStream()) {
            stdin.write(ForkJson.line(request));
            stdin.flush();
            // Not attended like another fork, which is killed once it has answered: this one writes its cache then.
            if (!fork.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                fork.descendants().forEach(ProcessHandle::destroyForcibly);
                fork.destroyForcibly();
            }
        }
    }

    private static ForkRequest request(Path folder, Machine machine) {
        var workload = EngineCatalog.standard().require(ENGINE).bind(WORKLOAD, machine);
        return new ForkRequest(
                UUID.randomUUID(),
                1,
                ENGINE,
                workload.tree(),
                PLAN,
                0,
                folder.toAbsolutePath(),
                folder.toAbsolutePath(),
                machine,
                Depth.FULL,
                Map.of(),
                Map.of(),
                128L << 20,
                64L << 20);
    }
}
