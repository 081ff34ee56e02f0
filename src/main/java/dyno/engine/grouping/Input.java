package dyno.engine.grouping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The input's files, in their order: bytewise by name.
///
/// @param digest `sha256:` and 64 hex digits that stand for what is read
/// @param paths  at least one
/// @param bytes  of all of them
record Input(String digest, List<Path> paths, long bytes) {

    /// @throws EngineException where the folder holds no file
    static Input of(Path folder, String digest) throws IOException {
        List<Path> paths;
        try (var found = Files.list(folder)) {
            paths = found.filter(Files::isRegularFile)
                    .sorted((a, b) -> Arrays.compareUnsigned(name(a), name(b)))
                    .toList();
        }
        if (paths.isEmpty()) {
            throw new EngineException(FailureCode.INVALID_INPUT, "The dataset has no files");
        }
        long bytes = 0;
        for (var path : paths) {
            bytes += Files.size(path);
        }
        return new Input(digest, paths, bytes);
    }

    private static byte[] name(Path path) {
        return String.valueOf(path.getFileName()).getBytes(UTF_8);
    }
}
