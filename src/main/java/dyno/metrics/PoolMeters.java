package dyno.metrics;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import java.util.concurrent.ExecutorService;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Meters `executor_*` of the pool that smoke jobs run on: Boot has them for pools of Spring's own kinds
/// alone.
@Configuration(proxyBeanMethods = false)
class PoolMeters {

    @Bean
    MeterBinder enginePoolMeters(@Qualifier("engines") ExecutorService engines) {
        return new ExecutorServiceMetrics(engines, "engines", Tags.empty());
    }
}
