package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.TestDatabase;
import dyno.support.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class UpgradeIT {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    /// What databases have that were made before schedules, comparing and keys came.
    private static final List<String> EARLY = List.of("1", "10", "11", "20", "21", "22", "23", "40", "41", "42");

    @Test
    void bringsAnEarlyDatabaseToWhatAFreshOneIs() throws Exception {
        var early = source(TestDatabase.empty());
        Flyway.configure()
                .dataSource(early)
                .locations("filesystem:" + folderOf(EARLY))
                .load()
                .migrate();

        upgrade(early);

        assertThat(columns(early)).contains("public schedule enabled boolean NOT NULL");
        assertThat(columns(early)).isEqualTo(columns(source(TestDatabase.address())));
        assertThat(views(early)).isNotEmpty().isEqualTo(views(source(TestDatabase.address())));
    }

    /// By the service's own settings.
    private static void upgrade(DriverManagerDataSource source) {
        new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(
                        AutoConfigurations.of(DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=" + source.getUrl(),
                        "spring.datasource.username=" + source.getUsername(),
                        "spring.datasource.password=" + source.getPassword())
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Flyway.class));
    }

    private static Path folderOf(List<String> versions) throws IOException {
        var folder = TestFolders.fresh("migrations");
        Files.createDirectories(folder);
        try (var files = Files.list(MIGRATIONS)) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                if (versions.contains(name.substring(1, name.indexOf("__")))) {
                    Files.copy(file, folder.resolve(name));
                }
            }
        }
        return folder;
    }

    private static DriverManagerDataSource source(TestDatabase.Address address) {
        return new DriverManagerDataSource(address.jdbcUrl(), address.user(), address.password());
    }

    private static List<String> columns(DriverManagerDataSource source) {
        return JdbcClient.create(source).sql("""
                        SELECT concat_ws(' ', table_schema, table_name, column_name, data_type,
                                         CASE is_nullable WHEN 'NO' THEN 'NOT NULL' END, column_default)
                        FROM information_schema.columns
                        WHERE table_schema IN ('public', 'reporting')
                        ORDER BY 1
                        """).query(String.class).list();
    }

    private static List<String> views(DriverManagerDataSource source) {
        return JdbcClient.create(source).sql("""
                        SELECT concat_ws(' ', schemaname, viewname, definition)
                        FROM pg_views
                        WHERE schemaname IN ('public', 'reporting')
                        ORDER BY 1
                        """).query(String.class).list();
    }
}
