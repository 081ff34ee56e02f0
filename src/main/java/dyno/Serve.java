package dyno;

import static java.util.Objects.requireNonNull;

import dyno.DataFolder.Service;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.ParameterException;

/// The face `serve`: takes the data folder, starts the service, says who runs there.
final class Serve {

    private final DataFolder folder;
    private final List<String> properties;
    private final @Nullable EarlyDatabase database;

    /// @param database null where the operator named another
    private Serve(DataFolder folder, List<String> properties, @Nullable EarlyDatabase database) {
        this.folder = folder;
        this.properties = properties;
        this.database = database;
    }

    /// Returns once the service is up, which then keeps the JVM alive; ends the JVM where it cannot start.
    static void main(String[] args) {
        var options = new ServeOptions();
        try {
            if (!options.read(args)) {
                prepare(options, System.getenv()).start();
            }
        } catch (ParameterException e) {
            System.err.println(e.getMessage());
            System.exit(ExitCode.USAGE);
        } catch (RuntimeException e) {
            // What was not foreseen has been logged by Spring, with its stack trace.
            System.err.println(StartFailure.sentence(e).orElseGet(() -> "Dyno could not start: " + e));
            System.exit(ExitCode.CANNOT_START);
        }
    }

    /// Everything that can be refused before seconds go into starting.
    private static Serve prepare(ServeOptions options, Map<String, String> environment) {
        var authentication = Authentication.of(environment);
        var logFormat = LogFormat.settings(environment);
        var address = ListenAddress.require(options.bind(), options.port(), authentication);
        var database = ExternalDatabase.of(environment);
        var folder = DataFolder.take(options.data());
        database.ifPresent(ExternalDatabase::require);
        var embedded = database.isPresent() ? null : EarlyDatabase.begin(folder.path());

        var properties = new ArrayList<>(logFormat);
        properties.add("--dyno.data=" + folder.path());
        properties.add("--dyno.auth=" + authentication.setting());
        properties.add("--server.port=" + address.port());
        properties.add("--server.address=" + address.address().getHostAddress());
        if (!environment.getOrDefault("DYNO_MANAGEMENT_PORT", "").isBlank()) {
            // Boot would open a port of its own to every address.
            properties.add("--management.server.address=" + address.address().getHostAddress());
        }
        database.ifPresent(given -> {
            properties.add("--spring.datasource.url=" + given.url());
            if (given.user() != null) {
                properties.add("--spring.datasource.username=" + given.user());
            }
            if (given.password() != null) {
                properties.add("--spring.datasource.password=" + given.password());
            }
        });
        return new Serve(folder, properties, embedded);
    }

    private void start() {
        // Runs after the context has closed: until then the folder is in use.
        SpringApplication.getShutdownHandlers().add(folder::withdraw);
        var application = new SpringApplication(ServiceApplication.class);
        application.setMainApplicationClass(ServiceApplication.class);
        if (database != null) {
            application.addInitializers(
                    context -> context.getBeanFactory().registerSingleton("earlyDatabase", database));
        }
        try {
            announce(application.run(properties.toArray(String[]::new)));
        } catch (RuntimeException e) {
            if (database != null) {
                database.abandon();
            }
            throw e;
        }
    }

    private void announce(ConfigurableApplicationContext context) {
        var server = requireNonNull(((WebServerApplicationContext) context).getWebServer());
        int port = server.getPort();
        folder.announce(new Service(
                ProcessHandle.current().pid(),
                port,
                context.getBean(InstantSource.class).instant()));
        log().info("service ready: port {}, data {}", port, folder.path());
    }

    /// Made late: a logger before Spring's start would log in another format.
    private static Logger log() {
        return LoggerFactory.getLogger(Serve.class);
    }
}
