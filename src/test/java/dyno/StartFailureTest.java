package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.result.RetentionProperties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class StartFailureTest {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(RetentionProperties.class)
    static class Settings {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dyno.retention.policies[0].runs-for=-1d | dyno.retention.policies[0]: runs-for PT-24H is no time at all
            dyno.retention.policies[0].run-for=1d   | There is no setting dyno.retention.policies[0].run-for
            """)
    void saysInOneSentenceWhatIsWrongWithASetting(String setting, String sentence) {
        new ApplicationContextRunner()
                .withUserConfiguration(Settings.class)
                .withPropertyValues(setting)
                .run(context -> assertThat(StartFailure.sentence(context.getStartupFailure()))
                        .hasValue(sentence));
    }
}
