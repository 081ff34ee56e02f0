package dyno.result;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Teaches the service's JSON the values of packages that may not know it.
@Configuration(proxyBeanMethods = false)
class ResultConfiguration {

    @Bean
    ResultJacksonModule resultJacksonModule() {
        return new ResultJacksonModule();
    }
}
