package dyno.engine.etl;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.TrialContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Opens the dataset that a workload names.
final class Inputs {

    private Inputs() {}

    /// @return a source for each run; null where records are generated
    /// @throws EngineException where the dataset is not there
    static @Nullable Supplier<Source<OriginalUser, ObjectBatch<OriginalUser>>> open(
            EtlWorkload workload, TrialContext context) throws IOException {
        if (workload.input() == null) {
            return null;
        }
        var name = workload.input().dataset();
        var folder = context.datasets().get(name);
        if (folder == null) {
            throw new EngineException(FailureCode.INVALID_INPUT, "Dataset %s is not here".formatted(name));
        }
        Long bytes = workload.batchBytes();
        var dataset = new UsersSource.Dataset(
                files(folder),
                workload.records(),
                bytes == null ? Long.MAX_VALUE : bytes,
                workload.target() == null ? 0 : workload.batchSize(),
                workload.onError() == EtlWorkload.OnError.DEAD_LETTER);
        return new UsersInput(dataset);
    }

    /// Names are ASCII, so that the order of characters is that of bytes.
    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted(Comparator.comparing(file -> String.valueOf(file.getFileName())))
                    .toList();
        }
    }
}
