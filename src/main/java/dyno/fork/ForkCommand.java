package dyno.fork;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/// How a forked JVM is started.
///
/// @param java       the `java` to run
/// @param classPath  absolute, since forks run in a folder of their own
/// @param mainClass  gets the argument `fork`
/// @param jvmFlags   flags that Dyno's own faces run with too
/// @param extraFlags further ones; tests put faults here, the service normally none
public record ForkCommand(
        Path java, String classPath, String mainClass, List<String> jvmFlags, List<String> extraFlags) {

    /// System property by which `./dyno` tells the flags that it started this JVM with.
    private static final String JVM_FLAGS_PROPERTY = "dyno.jvm.flags";

    /// Where nobody told: a test's or a development environment's JVM.
    private static final String DEFAULT_JVM_FLAGS =
            "--enable-native-access=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED";

    /// System property of the service by which tests make its forks fail; blank-separated.
    private static final String EXTRA_FLAGS_PROPERTY = "dyno.fork.extraFlags";

    /// System property by which `./dyno` tells which cache of classes forks begin with; see [ForkTraining].
    private static final String CACHE_PROPERTY = "dyno.fork.cache";

    private static final String DEFAULT_MAIN = "dyno.Dyno";

    // C1 and C2 both, as in production. No core files: a heap's worth of disk for each crash. VM messages on stderr,
    // since stdout is the protocol's. The first heap exhaustion ends the JVM,
    // whatever thread it strikes: an engine that lost a worker would hang instead.
    private static final List<String> FIXED_FLAGS = List.of(
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisplayVMOutputToStderr",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:-UsePerfData");

    /// Starts forks as this JVM itself was started.
    public static ForkCommand ofThisJvm() {
        var classPath = System.getProperty("java.class.path");
        return new ForkCommand(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Arrays.stream(classPath.split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator)),
                mainClass(classPath),
                words(System.getProperty(JVM_FLAGS_PROPERTY, DEFAULT_JVM_FLAGS)),
                toldFlags());
    }

    private static List<String> toldFlags() {
        var flags = new ArrayList<String>();
        var cache = System.getProperty(CACHE_PROPERTY);
        if (cache != null) {
            // A JVM that cannot use it says nothing and starts without.
            flags.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        var catalog = System.getProperty(ForkMain.CATALOG_PROPERTY);
        if (catalog != null) {
            flags.add("-D%s=%s".formatted(ForkMain.CATALOG_PROPERTY, catalog));
        }
        flags.addAll(words(System.getProperty(EXTRA_FLAGS_PROPERTY, "")));
        return List.copyOf(flags);
    }

    /// The same with further flags.
    public ForkCommand with(List<String> furtherFlags) {
        var flags = new ArrayList<>(extraFlags);
        flags.addAll(furtherFlags);
        return new ForkCommand(java, classPath, mainClass, jvmFlags, List.copyOf(flags));
    }

    /// @param temporary folder for what JVM and libraries unpack or leave behind
    List<String> line(ForkMemory memory, Path temporary) {
        var line = new ArrayList<String>();
        line.add(java.toString());
        line.addAll(memory.flags());
        line.addAll(FIXED_FLAGS);
        // Relative to the temporary folder, where forks run: recorded flags are the same for each fork of a case.
        line.add("-XX:ErrorFile=hs_err.log");
        line.add("-Djava.io.tmpdir=" + temporary);
        line.addAll(jvmFlags);
        line.addAll(extraFlags);
        line.addAll(List.of("-cp", classPath, mainClass, "fork"));
        return List.copyOf(line);
    }

    /// A single jar may need a launcher of its own to find the jars within it; its manifest says so.
    static String mainClass(String classPath) {
        if (classPath.contains(File.pathSeparator) || !Files.isRegularFile(Path.of(classPath))) {
            return DEFAULT_MAIN;
        }
        var path = Path.of(classPath);
        try (var jar = new JarFile(path.toFile())) {
            var manifest = jar.getManifest();
            var declared =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            return declared == null ? DEFAULT_MAIN : declared;
        } catch (IOException e) {
            throw new IllegalStateException("The jar that this JVM runs from cannot be read: " + path, e);
        }
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
