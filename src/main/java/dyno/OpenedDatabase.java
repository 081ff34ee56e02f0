package dyno;

import dyno.embedded.EmbeddedPostgres;
import dyno.security.KeyDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The service's database for a command: the one that the operator named, that of the service which runs on the data
/// folder, or the embedded one, started for as long as the command takes.
///
/// @param onClose what has to stop again
record OpenedDatabase(DataSource dataSource, Runnable onClose) implements KeyDatabase {

    /// @throws CannotStartException where there is none to be had
    static OpenedDatabase of(Path data, Map<String, String> environment) {
        var named = ExternalDatabase.of(environment);
        if (named.isPresent()) {
            named.get().require();
            return migrated(source(named.get()), () -> {});
        }
        return ofRunningService(data)
                .map(source -> new OpenedDatabase(source, () -> {}))
                .orElseGet(() -> ownStart(data));
    }

    @Override
    public void close() {
        onClose.run();
    }

    static DataSource source(ExternalDatabase named) {
        var source = new DriverManagerDataSource(named.url());
        source.setUsername(named.user());
        source.setPassword(named.password());
        return source;
    }

    /// A service that was killed leaves its file behind, and a server that does not answer, or is another's.
    static Optional<DataSource> ofRunningService(Path data) {
        return connection(data.resolve("postgres/connection.json"))
                .<DataSource>map(facts -> new DriverManagerDataSource(
                        facts.path("jdbcUrl").asString(),
                        facts.path("user").asString(),
                        facts.path("password").asString()))
                .filter(OpenedDatabase::answers);
    }

    private static Optional<JsonNode> connection(Path file) {
        try {
            return Optional.of(JsonMapper.shared().readTree(Files.readString(file)));
        } catch (NoSuchFileException | JacksonException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CannotStartException("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    private static boolean answers(DataSource source) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT to_regclass('api_key') IS NOT NULL")) {
            found.next();
            if (!found.getBoolean(1)) {
                throw new CannotStartException(
                        "The service that runs is older than this command and knows no keys: start it anew first");
            }
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static OpenedDatabase ownStart(Path data) {
        var folder = DataFolder.take(data);
        var server = EmbeddedPostgres.start(folder.path().resolve("postgres"));
        var source = new DriverManagerDataSource(server.jdbcUrl(), server.user(), server.password());
        return migrated(source, () -> {
            server.close();
            try {
                folder.lock().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static OpenedDatabase migrated(DataSource source, Runnable onClose) {
        try {
            // As spring.flyway.out-of-order says for the service.
            Flyway.configure().dataSource(source).outOfOrder(true).load().migrate();
        } catch (RuntimeException e) {
            onClose.run();
            throw e;
        }
        return new OpenedDatabase(source, onClose);
    }
}
