package dyno.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/// The build that runs, as Maven wrote it down. Immutable.
///
/// @param version of the artifact; empty where this was not built by Maven
/// @param commit  40 hex digits; empty where the sources were no git repository
/// @param dirty   whether files differed from the commit; empty as `commit`
public record Build(Optional<String> version, Optional<String> commit, Optional<Boolean> dirty) {

    /// Reads `META-INF/build-info.properties` and `git.properties` from the class path.
    public static Build read() {
        return read(Build.class.getClassLoader());
    }

    static Build read(ClassLoader loader) {
        var info = properties(loader, "META-INF/build-info.properties");
        var git = properties(loader, "git.properties");
        return new Build(
                value(info, "build.version"),
                value(git, "git.commit.id"),
                value(git, "git.dirty").map(Boolean::valueOf));
    }

    private static Optional<String> value(Properties properties, String name) {
        return Optional.ofNullable(properties.getProperty(name)).filter(value -> !value.isBlank());
    }

    private static Properties properties(ClassLoader loader, String resource) {
        var properties = new Properties();
        try (var in = loader.getResourceAsStream(resource)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s of this build".formatted(resource), e);
        }
        return properties;
    }
}
