package dyno;

import dyno.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// The embedded server as the service's database. Beans that need the other stop first: connections close
/// before the server does.
@Configuration(proxyBeanMethods = false)
@Conditional(NoDatabaseGiven.class)
class EmbeddedDatabaseConfiguration {

    /// @param early there where `serve` began to start the server already
    @Bean
    EmbeddedPostgres embeddedPostgres(@Value("${dyno.data}") Path data, ObjectProvider<EarlyDatabase> early) {
        var begun = early.getIfAvailable();
        return begun == null ? EarlyDatabase.start(data) : begun.await();
    }

    @Bean
    JdbcConnectionDetails connectionDetails(EmbeddedPostgres postgres) {
        return new EmbeddedConnection(postgres);
    }

    private record EmbeddedConnection(EmbeddedPostgres postgres) implements JdbcConnectionDetails {

        @Override
        public String getUsername() {
            return postgres.user();
        }

        @Override
        public String getPassword() {
            return postgres.password();
        }

        @Override
        public String getJdbcUrl() {
            return postgres.jdbcUrl();
        }
    }
}
