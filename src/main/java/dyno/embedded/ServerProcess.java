package dyno.embedded;

import java.util.List;

/// How every program of the server is started.
final class ServerProcess {

    private ServerProcess() {}

    /// Prepares a process whose surroundings cannot change how the server behaves, and that sees no secret of ours.
    static ProcessBuilder of(List<String> command) {
        var builder = new ProcessBuilder(command);
        var environment = builder.environment();
        environment
                .keySet()
                .removeIf(name -> name.startsWith("PG") || name.startsWith("DYNO_") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
        return builder;
    }
}
