package dyno;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The PostgreSQL server that the operator named instead of the embedded one.
///
/// @param url      JDBC URL; it may hold credentials, so that only its part before `?` is ever shown
/// @param user     null where the URL names one
/// @param password null where the URL holds one or the server wants none
record ExternalDatabase(
        String url, @Nullable String user, @Nullable String password) {

    private static final int OLDEST_MAJOR = 15;

    private static final String TIMEOUT_SECONDS = "5";

    /// What `DYNO_DATABASE_URL`, `DYNO_DATABASE_USER` and `DYNO_DATABASE_PASSWORD` say; empty without a URL.
    static Optional<ExternalDatabase> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("DYNO_DATABASE_URL"))
                .filter(url -> !url.isBlank())
                .map(url -> new ExternalDatabase(
                        url, environment.get("DYNO_DATABASE_USER"), environment.get("DYNO_DATABASE_PASSWORD")));
    }

    /// @throws CannotStartException where the server is out of reach, refuses, or is older than PostgreSQL 15
    void require() {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new CannotStartException(
                    "DYNO_DATABASE_URL has to be like jdbc:postgresql://host:5432/db, and is " + shown());
        }
        try (var connection = DriverManager.getConnection(url, properties())) {
            requireVersion(connection);
        } catch (SQLException e) {
            throw new CannotStartException("The database %s does not take us: %s".formatted(shown(), firstLine(e)), e);
        }
    }

    @Override
    public String toString() {
        return shown();
    }

    private void requireVersion(Connection connection) throws SQLException {
        var metadata = connection.getMetaData();
        if (metadata.getDatabaseMajorVersion() < OLDEST_MAJOR) {
            throw new CannotStartException("The database %s is PostgreSQL %s; Dyno needs %d or newer"
                    .formatted(shown(), metadata.getDatabaseProductVersion(), OLDEST_MAJOR));
        }
    }

    private Properties properties() {
        var properties = new Properties();
        properties.setProperty("connectTimeout", TIMEOUT_SECONDS);
        properties.setProperty("loginTimeout", TIMEOUT_SECONDS);
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    private String shown() {
        return url.split("\\?", 2)[0];
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
