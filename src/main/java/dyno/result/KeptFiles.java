package dyno.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.UUID;

/// Where files are that engines were told to keep: `outputs/{job}/{case, percent-encoded}/{file}`. Stateless.
public final class KeptFiles {

    private KeptFiles() {}

    /// Folder of all kept files.
    ///
    /// @param data the service's data folder
    public static Path root(Path data) {
        return data.resolve("outputs");
    }

    /// Folder of a case's files; it may be gone, or never have been.
    ///
    /// @param root as [#root] gives it
    public static Path of(Path root, UUID job, String caseName) {
        return root.resolve(job.toString())
                .resolve(URLEncoder.encode(caseName, UTF_8).replace("+", "%20"));
    }
}
