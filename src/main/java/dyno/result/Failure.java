package dyno.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dyno.engine.FailureCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why a job or a case failed.
///
/// @param code     class of the failure
/// @param message  one sentence
/// @param caseName the case that failed; null where the job as a whole did
/// @param details  exit status, last output lines and the like; null where there are none
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Failure(
        FailureCode code,
        String message,
        @JsonProperty("case") @Nullable String caseName,
        @Nullable Map<String, Object> details) {}
