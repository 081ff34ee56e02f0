package dyno.result;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Verification;
import dyno.engine.Verification.Check;
import dyno.environment.Environment.Fact;
import dyno.measurement.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ResultJacksonModuleTest {

    private final JsonMapper mapper =
            JsonMapper.builder().addModule(new ResultJacksonModule()).build();

    @Test
    void writesAnIntervalAsAPair() {
        assertThat(mapper.writeValueAsString(new Interval(8.3, 9.1))).isEqualTo("[8.3,9.1]");
        assertThat(mapper.readValue("[8.3,9.1]", Interval.class)).isEqualTo(new Interval(8.3, 9.1));
    }

    @Test
    void writesWhetherAVerificationPassed() {
        var verification =
                new Verification("sha256:00", null, List.of(Check.passed("a"), Check.failed("b", "1 and 2")));

        var json = mapper.writeValueAsString(verification);

        assertThat(json).isEqualTo("""
                {"status":"FAILED","digest":"sha256:00","digestReason":null,\
                "checks":[{"name":"a","passed":true},{"name":"b","passed":false,"detail":"1 and 2"}]}""");
        assertThat(mapper.readValue(json, Verification.class)).isEqualTo(verification);
    }

    @Test
    void writesUnitAndReasonOfAFactWhereItHasThem() {
        assertThat(mapper.writeValueAsString(Fact.of(2L))).isEqualTo("{\"value\":2}");
        assertThat(mapper.writeValueAsString(Fact.of(2L, "bytes"))).isEqualTo("{\"value\":2,\"unit\":\"bytes\"}");
        assertThat(mapper.writeValueAsString(Fact.unknown("NO_CPUFREQ")))
                .isEqualTo("{\"value\":null,\"reason\":\"NO_CPUFREQ\"}");
    }
}
