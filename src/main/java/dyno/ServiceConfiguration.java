package dyno;

import dyno.catalog.EngineCatalog;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What features share and none of them owns.
@Configuration(proxyBeanMethods = false)
class ServiceConfiguration {

    /// The time, in the microseconds that `timestamptz` keeps: what was stored equals what is read back.
    @Bean
    InstantSource clock() {
        return () -> Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    @Bean
    EngineCatalog engineCatalog() {
        return EngineCatalog.standard();
    }
}
