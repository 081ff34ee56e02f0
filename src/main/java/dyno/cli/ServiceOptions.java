package dyno.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which service a command talks to. Filled in by the command line's parser.
final class ServiceOptions {

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The service to use, as http://HOST:PORT (DYNO_SERVER).")
    private @Nullable String server;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Without a server named: use the one that runs on this data folder (DYNO_DATA; ./data).")
    private @Nullable Path data;

    /// The service that was named.
    ///
    /// @throws UnusableArgumentException where it is not an address
    Optional<URI> server(Map<String, String> environment) {
        if (server != null) {
            return Optional.of(address(server, "--server"));
        }
        // A folder on the command line is nearer than a server in the environment.
        String fromEnvironment = environment.getOrDefault("DYNO_SERVER", "");
        return data != null || fromEnvironment.isBlank()
                ? Optional.empty()
                : Optional.of(address(fromEnvironment, "DYNO_SERVER"));
    }

    Path data(Map<String, String> environment) {
        if (data != null) {
            return data;
        }
        String fromEnvironment = environment.getOrDefault("DYNO_DATA", "");
        return Path.of(fromEnvironment.isBlank() ? "data" : fromEnvironment);
    }

    private static URI address(String text, String source) {
        try {
            var uri = new URI(text.strip().replaceAll("/+$", ""));
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // The sentence below says all that there is to say.
        }
        throw new UnusableArgumentException(
                "%s is '%s', which is not an address like http://127.0.0.1:8080".formatted(source, text));
    }
}
