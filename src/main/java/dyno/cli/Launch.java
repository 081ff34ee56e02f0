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
    /// that are Dyno's own or open the JDK to the engines. `./dyno` sets them; what else it sets, such as
    /// the choice of compilers, is for the client alone.
    static List<String> ofThisJvm() {
        return command(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                System.getProperty("java.class.path"));
    }

    static List<String> command(Path java, List<String> jvmFlags, String classPath) {
        var command = new ArrayList<String>();
        command.add(java.toString());
        jvmFlags.stream().filter(Launch::isForServices).forEach(command::add);
        // Only a lone jar's manifest knows how its classes are found.
        boolean isLoneJar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
        command.addAll(isLoneJar ? List.of("-jar", classPath) : List.of("-cp", classPath, MAIN));
        return List.copyOf(command);
    }

    private static boolean isForServices(String flag) {
        return flag.startsWith("-Ddyno.") || flag.startsWith("--enable-native-access") || flag.startsWith("--add-");
    }

    private Launch() {}
}
