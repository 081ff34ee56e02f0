package dyno.result;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/// Wires what keeps runs for a time, and teaches the service's JSON the values of packages that may not
/// know it.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
class ResultConfiguration {

    @Bean
    LevelChanges levelChanges(ResultStore runs, HistoryStore history, RetentionProperties settings) {
        return new LevelChanges(runs, history, settings.changePointRuns());
    }

    @Bean
    SampleExpiry sampleExpiry(JdbcClient jdbc, ResultStore runs, PlatformTransactionManager transactions) {
        return new SampleExpiry(jdbc, runs, transactions);
    }

    @Bean
    ResultJacksonModule resultJacksonModule() {
        return new ResultJacksonModule();
    }
}
