package dyno.measurement;

import java.lang.management.ManagementFactory;
import java.util.List;

/// The arguments that this JVM was started with.
final class JvmFlags {

    private JvmFlags() {}

    /// System properties are left out: they set up the program, not the JVM, and an operator may have put a
    /// password there.
    static List<String> ofThisJvm() {
        return withoutProperties(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    static List<String> withoutProperties(List<String> arguments) {
        return arguments.stream().filter(argument -> !argument.startsWith("-D")).toList();
    }
}
