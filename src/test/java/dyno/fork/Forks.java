package dyno.fork;

import dyno.engine.Machine;
import dyno.engine.TrialContext.Depth;
import dyno.fork.StuntEngine.Act;
import dyno.measurement.Plan;
import dyno.measurement.Plan.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// Requests for [StuntEngine], and what runs them.
final class Forks {

    private static final long MIB = 1 << 20;

    private Forks() {}

    static ForkRunner runner(String... flags) {
        return new ForkRunner(command().with(List.of(flags)), System::nanoTime);
    }

    static ForkCommand command() {
        var own = ForkCommand.ofThisJvm();
        var catalog = "-D%s=%s".formatted(ForkMain.CATALOG_PROPERTY, StuntEngine.Catalog.class.getName());
        return new ForkCommand(own.java(), own.classPath(), ForkMain.class.getName(), own.jvmFlags(), List.of(catalog));
    }

    /// @param folder the scratch folder is made below it
    static ForkRequest request(Act act, Path folder) {
        var workload = new LinkedHashMap<String, Object>();
        workload.put("act", act.name());
        try {
            return new ForkRequest(
                    new UUID(0, 7),
                    1,
                    "stunt",
                    workload,
                    new Plan(Mode.MEASURE, 3, 2, 4, 1),
                    1,
                    Files.createDirectories(folder.resolve("scratch")),
                    Files.createDirectories(folder.resolve("cache")),
                    new Machine(2, OptionalInt.empty(), 1L << 33, OptionalLong.of(1 << 20), OptionalLong.empty()),
                    Depth.FULL,
                    Map.of("set", folder.resolve("datasets")),
                    Map.of("password", StuntEngine.SECRET),
                    64 * MIB,
                    16 * MIB);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Processes that this JVM's forks consist of.
    static List<ProcessHandle> running() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessTree::isRunning)
                .toList();
    }
}
