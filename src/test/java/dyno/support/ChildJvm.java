package dyno.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A JVM of its own with the tests' class path: one that a test may kill. Used by one thread at a time.
public final class ChildJvm implements AutoCloseable {

    private static final int LIMIT_SECONDS = 120;

    private final Process process;
    private final BufferedReader output;
    private final List<String> lines = new ArrayList<>();

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /// How a child ended.
    ///
    /// @param output what it wrote to stdout and stderr
    public record End(int status, String output) {}

    /// Starts `mainClass`. Its stdout and stderr come as one.
    ///
    /// @param environment added to this JVM's, from which every variable of Dyno's is taken
    public static ChildJvm start(Class<?> mainClass, List<String> arguments, Map<String, String> environment)
            throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), mainClass, arguments, environment);
    }

    /// Starts `mainClass` with a class path and in a way of the test's own.
    ///
    /// @param prefix what comes before the command
    public static ChildJvm start(
            List<String> prefix,
            String classPath,
            Class<?> mainClass,
            List<String> arguments,
            Map<String, String> environment)
            throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = Stream.of(
                        prefix,
                        List.of(java, "-XX:TieredStopAtLevel=1", "-Xmx512m", "-cp", classPath, mainClass.getName()),
                        arguments)
                .flatMap(List::stream)
                .toList();
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("DYNO_"));
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start());
    }

    /// Reads its output up to the first line that contains `text`.
    ///
    /// @return that line
    public String awaitLine(String text) throws IOException {
        String line;
        while ((line = output.readLine()) != null) {
            lines.add(line);
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("The child ended without saying '%s':%n%s".formatted(text, String.join("\n", lines)));
    }

    /// Every process that it started, and those that they did.
    public List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /// SIGKILL: it can do nothing more. It is gone when this returns, what it started may not be.
    public void kill() throws InterruptedException {
        assertThat(process.destroyForcibly().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
    }

    /// SIGTERM: it stops as it sees fit.
    public void terminate() {
        // The handle's, for the process's own would close the pipe that the last words come through.
        process.toHandle().destroy();
    }

    public End awaitEnd() throws InterruptedException {
        var rest = output.lines().collect(Collectors.joining("\n"));
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new End(process.exitValue(), String.join("\n", lines) + rest);
    }

    /// Returns once all of `processes` are gone.
    public static void awaitEndOf(List<ProcessHandle> processes) throws InterruptedException, ExecutionException {
        for (var process : processes) {
            try {
                process.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new AssertionError("Still runs: " + process.info(), e);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
