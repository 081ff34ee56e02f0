package dyno.engine.grouping;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What a failed write or read means for the job. Stateless.
final class DiskTrouble {

    private DiskTrouble() {}

    /// @param folder      where output goes
    /// @param neededBytes about what the whole of it comes to
    static EngineException of(IOException e, Path folder, long neededBytes) {
        if (FullDisk.is(e)) {
            var free = free(folder);
            var full = new EngineException(
                    FailureCode.DISK_FULL,
                    "%s: %s; about %d bytes were needed, %s are free"
                            .formatted(folder, e.getMessage(), neededBytes, free),
                    Map.of("path", folder.toString(), "neededBytes", neededBytes, "freeBytes", free));
            full.initCause(e);
            return full;
        }
        if (!Files.isDirectory(folder)) {
            return new EngineException(
                    FailureCode.ENGINE_ERROR, "The output folder %s is gone: %s".formatted(folder, e.getMessage()), e);
        }
        return new EngineException(
                FailureCode.ENGINE_ERROR, "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()), e);
    }

    private static Object free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return "unknown (%s)".formatted(e.getMessage());
        }
    }
}
