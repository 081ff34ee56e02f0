package dyno.engine.marc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of a child process: the same Java and the same classes as here. Stateless.
final class ChildCommand {

    /// Heap of a child; it reads its file through a window, so that the file's size does not matter.
    static final int HEAP_MIB = 96;

    private static final String LOADER = "org.springframework.boot.loader.launch.PropertiesLauncher";

    private ChildCommand() {}

    static List<String> line() {
        var line = new ArrayList<String>();
        line.add(ProcessHandle.current()
                .info()
                .command()
                .orElseGet(() ->
                        Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.add("-Xmx" + HEAP_MIB + "m");
        // One collector thread and little to set up: children are many and short.
        line.add("-XX:+UseSerialGC");
        line.add("--enable-native-access=ALL-UNNAMED");
        if (isInExecutableJar()) {
            line.add("-Dloader.main=" + MarcChild.class.getName());
        }
        line.add("-cp");
        line.add(System.getProperty("java.class.path"));
        line.add(isInExecutableJar() ? LOADER : MarcChild.class.getName());
        return line;
    }

    /// Whether our classes lie within a jar that only its own loader can open.
    private static boolean isInExecutableJar() {
        var source = MarcChild.class.getProtectionDomain().getCodeSource();
        return source != null && source.getLocation().toString().contains("/BOOT-INF/");
    }
}
