package dyno;

import dyno.catalog.EngineCatalog;
import dyno.catalog.EngineSettings;
import dyno.environment.EnvironmentProbe;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What features share and none of them owns.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AggregationProperties.class)
class ServiceConfiguration {

    /// The time, in the microseconds that `timestamptz` keeps: what was stored equals what is read back.
    @Bean
    InstantSource clock() {
        return () -> Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    /// What Dyno ships, or what another class supplies.
    ///
    /// @param supplier name of a class with a constructor without parameters; empty but in tests
    @Bean
    EngineCatalog engineCatalog(
            @Value("${dyno.catalog}") String supplier,
            @Value("${dyno.generator.projection-cores}") int projectionCores,
            AggregationProperties aggregation)
            throws ReflectiveOperationException {
        if (supplier.isEmpty()) {
            return EngineCatalog.standard(new EngineSettings(projectionCores, aggregation.settings()));
        }
        var instance = Class.forName(supplier).getDeclaredConstructor().newInstance();
        return (EngineCatalog) ((Supplier<?>) instance).get();
    }

    @Bean
    EnvironmentProbe environmentProbe() {
        return EnvironmentProbe.ofThisMachine();
    }
}
