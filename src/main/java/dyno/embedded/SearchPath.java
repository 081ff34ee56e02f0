package dyno.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The folders that programs are looked for in, in order.
record SearchPath(List<Path> folders) {

    /// This process's.
    static SearchPath current() {
        var path = System.getenv().getOrDefault("PATH", "");
        return new SearchPath(Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList());
    }

    Optional<Path> find(String program) {
        return folders.stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
