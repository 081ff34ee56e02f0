package dyno.cli;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How another Dyno is started like this one.
final class Launch {

    private static final String MAIN = "dyno.Dyno";

    /// The command line up to, and without, the arguments: same Java, same class path, and those of this JVM's flags
    /// that open the JDK to the engines. `./dyno` sets them; heap sizes and the like it sets for the client alone.
    static List<String> ofThisJvm() {
        return command(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                System.getProperty("java.class.path"));
    }

    static List<String> command(Path java, List<String> jvmFlags, String classPath) {
        var command = new ArrayList<String>();
        command.add(java.toString());
        jvmFlags.stream().filter(Launch::opensTheJdk).forEach(command::add);
        // A lone jar was started by -jar, and only its manifest knows how its classes are found.
        boolean isLoneJar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
        command.addAll(isLoneJar ? List.of("-jar", classPath) : List.of("-cp", classPath, MAIN));
        return List.copyOf(command);
    }

    private static boolean opensTheJdk(String flag) {
        return flag.startsWith("--enable-native-access") || flag.startsWith("--add-");
    }

    private Launch() {}
}
