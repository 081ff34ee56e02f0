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
import dyno.measurement.MeasuredFork;
import dyno.measurement.Sample;
import dyno.measurement.SampleTotals;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// How values of packages that may not know JSON stand in it, in answers as in the database.
///
/// Interval: `[low, high]`. Verification: `{status: PASSED|FAILED, digest, checks}`. Fact: `value`, and
/// `unit` and `reason` where it has one. QualityFinding: its case is `case`, and stands there only where
/// it has one. MeasuredFork: samples that are gone are null with a reason, and `sampleTotals` stands
/// there only then.
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
        setMixInAnnotation(MeasuredFork.class, ForkJson.class);
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

    /// The reason follows from the totals, and is not read back.
    @JsonPropertyOrder({
        "index",
        "pid",
        "jvmFlags",
        "samples",
        "samplesReason",
        "sampleTotals",
        "report",
        "verification",
        "resources",
        "surroundings"
    })
    @JsonIgnoreProperties(value = "samplesReason", allowGetters = true)
    interface ForkJson {

        @JsonSerialize(using = SamplesSerializer.class)
        List<Sample> samples();

        @JsonProperty("samplesReason")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String samplesReason();

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        SampleTotals sampleTotals();
    }

    /// Null where the fork says that they are gone.
    private static final class SamplesSerializer extends ValueSerializer<List<Sample>> {

        @Override
        public void serialize(List<Sample> samples, JsonGenerator json, SerializationContext context) {
            if (json.currentValue() instanceof MeasuredFork fork && fork.sampleTotals() != null) {
                json.writeNull();
                return;
            }
            json.writeStartArray();
            for (var sample : samples) {
                context.writeValue(json, sample);
            }
            json.writeEndArray();
        }
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
