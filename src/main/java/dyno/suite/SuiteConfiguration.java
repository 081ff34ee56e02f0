package dyno.suite;

import dyno.job.JobService;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Reads the suites when the service starts.
@Configuration(proxyBeanMethods = false)
class SuiteConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(SuiteConfiguration.class);

    /// @param folder the setting `dyno.suites`; empty: `config/suites` below Dyno's home
    /// @param home   where the launcher stands; the working folder where there is none
    @Bean
    SuiteCheck suiteCheck(
            JobService jobs, @Value("${dyno.suites:}") String folder, @Value("${dyno.home:}") String home) {
        return new SuiteCheck(SuiteFile.readAll(SuiteFolder.read(folder, Path.of(home))), jobs::dryRun);
    }

    @Bean
    SuiteCatalog suiteCatalog(SuiteCheck check) {
        LOG.info("suites {}", check.suites().names());
        return check.suites();
    }
}
