package dyno.result;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dyno.engine.Verification;
import dyno.environment.Environment;
import dyno.environment.QualityFinding;
import dyno.measurement.Interval;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// How values of packages that may not know JSON stand in it, in answers as in the database.
///
/// Interval: `[low, high]`. Verification: `{status: PASSED|FAILED, digest, checks}`. Fact: `value`, and
/// `unit` and `reason` where it has one. QualityFinding: its case is `case`, and stands there only where
/// it has one.
public final class ResultJacksonModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    public ResultJacksonModule() {
        super("dyno-result");
        setMixInAnnotation(Interval.class, IntervalJson.class);
        setMixInAnnotation(Verification.class, VerificationJson.class);
        setMixInAnnotation(Verification.Check.class, CheckJson.class);
        setMixInAnnotation(Environment.class, EnvironmentJson.class);
        setMixInAnnotation(Environment.Fact.class, FactJson.class);
        setMixInAnnotation(QualityFinding.class, FindingJson.class);
    }

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"low", "high"})
    interface IntervalJson {}

    /// The status follows from the checks, and is not read back.
    @JsonPropertyOrder({"status", "digest", "digestReason", "checks"})
    @JsonIgnoreProperties(value = "status", allowGetters = true)
    interface VerificationJson {

        @JsonProperty("status")
        @JsonSerialize(using = StatusSerializer.class)
        boolean isPassed();
    }

    interface CheckJson {

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String detail();
    }

    @JsonPropertyOrder({"fingerprint", "facts"})
    interface EnvironmentJson {}

    interface FactJson {

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String unit();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String reason();
    }

    interface FindingJson {

        @JsonProperty("case")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String caseName();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Integer fork();
    }

    private static final class StatusSerializer extends StdSerializer<Boolean> {

        StatusSerializer() {
            super(Boolean.class);
        }

        @Override
        public void serialize(Boolean passed, JsonGenerator json, SerializationContext context) {
            json.writeString(passed ? "PASSED" : "FAILED");
        }
    }
}
