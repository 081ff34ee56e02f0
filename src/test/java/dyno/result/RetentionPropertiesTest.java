package dyno.result;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.result.RetentionProperties.Policy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class RetentionPropertiesTest {

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(RetentionProperties.class)
    static class Settings {}

    @Test
    void keepEverythingWhereNobodySaysAnything() {
        service.run(context -> {
            var settings = context.getBean(RetentionProperties.class);
            assertThat(settings.policies()).isEmpty();
            assertThat(settings.purgeAfter()).isEqualTo(Duration.ofDays(7));
            assertThat(settings.changePointRuns()).isEqualTo(5);
            assertThat(settings.artifactsFor()).isEqualTo(Duration.ofDays(1));
            assertThat(settings.artifactBytes()).isEqualTo(DataSize.ofGigabytes(50));
            assertThat(settings.cacheBytes()).isEqualTo(DataSize.ofGigabytes(50));
        });
    }

    @Test
    void arePoliciesInOrderWithLabelsAsTheyAreWritten() {
        service.withPropertyValues(
                        "dyno.retention.policies[0].labels.branch=release",
                        "dyno.retention.policies[0].labels.node.rack=R1",
                        "dyno.retention.policies[1].samples-for=30d",
                        "dyno.retention.policies[1].runs-for=365d")
                .run(context -> assertThat(
                                context.getBean(RetentionProperties.class).policies())
                        .containsExactly(
                                new Policy(Map.of("branch", "release", "node.rack", "R1"), null, null),
                                new Policy(Map.of(), Duration.ofDays(30), Duration.ofDays(365))));
    }

    @Test
    void areTakenFromTheExampleThatOperatorsCopy() {
        service.withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues("spring.config.location=file:config/application-example.yml")
                .run(context -> assertThat(
                                context.getBean(RetentionProperties.class).policies())
                        .containsExactly(
                                new Policy(Map.of("branch", "release"), null, null),
                                new Policy(Map.of("suite", "nightly"), Duration.ofDays(90), Duration.ofDays(730)),
                                new Policy(Map.of(), Duration.ofDays(14), Duration.ofDays(60))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            purge-after=-1d                                        | dyno.retention.purge-after PT-24H is negative
            artifacts-for=0s                                       | dyno.retention.artifacts-for PT0S is no time at all
            change-point-runs=-1                                   | dyno.retention.change-point-runs -1 is negative
            cache-bytes=-1B                                        | dyno.retention.cache-bytes -1B is negative
            artifact-bytes=-5B                                     | dyno.retention.artifact-bytes -5B is negative
            policies[0].runs-for=0d                                | dyno.retention.policies[0]: runs-for PT0S is no time at all
            policies[0].samples-for=-3h                            | dyno.retention.policies[0]: samples-for PT-3H is no time at all
            """)
    void refusesWhatCannotBeMeant(String setting, String message) {
        refused("dyno.retention." + setting, message);
    }

    @Test
    void refusesSamplesThatOutliveTheirRun() {
        service.withPropertyValues(
                        "dyno.retention.policies[0].samples-for=31d", "dyno.retention.policies[0].runs-for=30d")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(RetentionSettingException.class)
                        .hasMessage("dyno.retention.policies[0]: samples-for P31D is longer than runs-for P30D"));
    }

    @Test
    void refusesAPolicyThatNeverCounts() {
        service.withPropertyValues(
                        "dyno.retention.policies[0].labels.branch=main",
                        "dyno.retention.policies[1].labels.branch=main",
                        "dyno.retention.policies[1].labels.suite=nightly",
                        "dyno.retention.policies[1].runs-for=30d")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessage("dyno.retention.policies[1] never counts: policies[0], which comes first, "
                                + "fits every run that it fits"));
    }

    @Test
    void refusesASettingThatDoesNotExist() {
        service.withPropertyValues("dyno.retention.policies[0].run-for=30d")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOfSatisfying(
                                UnboundConfigurationPropertiesException.class,
                                e -> assertThat(e.getUnboundProperties())
                                        .extracting(
                                                property -> property.getName().toString())
                                        .containsExactly("dyno.retention.policies[0].run-for")));
    }

    private void refused(String setting, String message) {
        service.withPropertyValues(setting)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(RetentionSettingException.class)
                        .hasMessage(message));
    }
}
