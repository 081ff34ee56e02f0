package dyno.result;

import dyno.measurement.Plan.Mode;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a baseline is to be: exactly one of the two.
///
/// @param runId  a measured run, neither partial nor of grade D
/// @param labels at least one
record BaselineChange(
        @Nullable UUID runId, @Nullable Map<String, String> labels) {

    /// @throws dyno.web.ProblemException with everything that is wrong with the body
    static BaselineChange read(byte[] body, ResultStore runs) {
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
            var fault = fault(run, runs);
            if (fault != null) {
                fields.refuse("runId", fault);
            }
        }
        fields.check();
        return new BaselineChange(run, labels);
    }

    private static @Nullable String fault(UUID id, ResultStore runs) {
        var found = runs.find(id, false);
        if (found.isEmpty()) {
            return "there is no run " + id;
        }
        var run = found.get();
        if (run.plan().mode() == Mode.SMOKE) {
            return "run %s is a smoke run, which is no baseline".formatted(id);
        }
        if (run.partial()) {
            return "run %s is partial, which is no baseline".formatted(id);
        }
        return "D".equals(run.quality().grade()) ? "run %s is of grade D, which is no baseline".formatted(id) : null;
    }
}
