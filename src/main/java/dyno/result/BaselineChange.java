package dyno.result;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a baseline is to be: exactly one of the two.
///
/// @param runId  a measured run that counts, neither partial nor of grade D
/// @param labels at least one
record BaselineChange(@Nullable UUID runId, @Nullable Map<String, String> labels) {

    /// @throws dyno.web.ProblemException with everything that is wrong with the body
    static BaselineChange read(byte[] body, BaselineStore baselines) {
        var fields = new BodyFields(body);
        var run = fields.id("runId");
        var labels = fields.labels("labels");
        if (labels != null && labels.isEmpty()) {
            fields.refuse("labels", "labels needs one label at least");
        }
        if (run != null && labels != null) {
            fields.refuse("labels", "a baseline is a run or has labels, not both");
        } else if (run == null && labels == null) {
            fields.require("runId", null);
        }
        if (run != null) {
            var fault = fault(run, baselines);
            if (fault != null) {
                fields.refuse("runId", fault);
            }
        }
        fields.check();
        return new BaselineChange(run, labels);
    }

    private static @Nullable String fault(UUID id, BaselineStore baselines) {
        return switch (baselines.standing(id)) {
            case MISSING -> "there is no run " + id;
            case SMOKE -> "run %s is a smoke run, which is no baseline".formatted(id);
            case PARTIAL -> "run %s is partial, which is no baseline".formatted(id);
            case GRADE_D -> "run %s is of grade D, which is no baseline".formatted(id);
            case EXCLUDED -> "run %s is excluded, and no baseline until it counts again".formatted(id);
            case GOOD -> null;
        };
    }
}
