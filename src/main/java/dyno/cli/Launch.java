package dyno.cli;

import dyno.fork.ForkCommand;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// How a service is started like this client was.
final class Launch {

    /// By which `./dyno` tells where the JVM of a service finds its classes ready.
    private static final String SERVICE_CACHE = "-Ddyno.service.cache=";

    /// As `./dyno serve` does it, docs/decisions/0021.
    private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

    /// The command line up to, and without, the arguments: what forks are started with, a service's choice of
    /// compilers, and the system properties that `./dyno` gives to every face. What else it sets is for the client.
    static List<String> ofThisJvm() {
        return command(
                ForkCommand.ofThisJvm(), ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    static List<String> command(ForkCommand fork, List<String> jvmArguments) {
        var command = new ArrayList<String>();
        command.add(fork.java().toString());
        command.addAll(fork.jvmFlags());
        command.add(ONE_COMPILER);
        jvmArguments.stream().filter(argument -> argument.startsWith("-Ddyno.")).forEach(command::add);
        jvmArguments.stream()
                .filter(argument -> argument.startsWith(SERVICE_CACHE))
                .map(argument -> argument.substring(SERVICE_CACHE.length()))
                .forEach(cache -> command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off")));
        command.addAll(List.of("-cp", fork.classPath(), fork.mainClass()));
        return List.copyOf(command);
    }

    private Launch() {}
}
