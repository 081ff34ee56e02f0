package dyno.cli;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What a command runs in.
///
/// @param in          what is piped into it
/// @param terminal    where it prints
/// @param environment variables of the process
/// @param pacing      patience with connections
/// @param launch      how a service of its own is started, its arguments to be added
record Session(
        InputStream in,
        Terminal terminal,
        Map<String, String> environment,
        Pacing pacing,
        Supplier<List<String>> launch) {

    static Session ofProcess() {
        var environment = System.getenv();
        return new Session(
                System.in,
                Terminal.ofProcess(System.out, System.err, environment),
                environment,
                Pacing.standard(),
                Launch::ofThisJvm);
    }
}
