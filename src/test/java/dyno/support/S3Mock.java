package dyno.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// An object store of a process of its own: s3mock, which keeps objects as files. Safe for any number
/// of threads.
///
/// @see <a href="https://github.com/adobe/S3Mock">s3mock</a>
public final class S3Mock implements AutoCloseable {

    private static final String MAIN_CLASS = "BOOT-INF/classes/com/adobe/testing/s3mock/S3MockApplication.class";
    private static final Pattern PORT = Pattern.compile("(\\d+) \\(http\\)");

    private final Process process;
    private final int port;
    private final Thread hook;

    private S3Mock(Process process, int port) {
        this.process = process;
        this.port = port;
        this.hook = new Thread(process::destroyForcibly);
        // Closed or not, it does not outlive the tests.
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Starts it, and returns once it answers.
    public static S3Mock start(String... buckets) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-jar",
                jar().toString(),
                "--server.port=0",
                "--http.port=0",
                "--server.address=127.0.0.1",
                "--com.adobe.testing.s3mock.store.root=" + TestFolders.fresh("s3mock"),
                "--com.adobe.testing.s3mock.store.initial-buckets=" + String.join(",", buckets));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("DYNO_"));
        var process = builder.start();
        try {
            return new S3Mock(process, awaitPort(process.inputReader()));
        } catch (IOException | RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /// Of its S3 interface.
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int awaitPort(BufferedReader output) throws IOException {
        var lines = new ArrayList<String>();
        int port = 0;
        String line;
        while ((line = output.readLine()) != null) {
            lines.add(line);
            var found = PORT.matcher(line);
            if (found.find() && line.contains("started")) {
                port = Integer.parseInt(found.group(1));
            }
            if (line.contains("Started S3MockApplication") && port > 0) {
                Thread.ofVirtual().start(() -> drain(output));
                return port;
            }
        }
        throw new AssertionError("s3mock ended without listening:\n" + String.join("\n", lines));
    }

    private static void drain(BufferedReader output) {
        try (output) {
            while (output.readLine() != null) {
                // What it says of requests is of no interest.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar() {
        URL inside = Objects.requireNonNull(
                S3Mock.class.getClassLoader().getResource(MAIN_CLASS), "s3mock is not among the tests' dependencies");
        var text = inside.toString();
        return Path.of(URI.create(text.substring("jar:".length(), text.indexOf("!/"))));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
