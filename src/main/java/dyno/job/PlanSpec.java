package dyno.job;

import dyno.measurement.Plan;
import dyno.measurement.Plan.Mode;
import dyno.measurement.Plan.Profile;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A plan as far as the client gave one.
record PlanSpec(
        Mode mode,
        @Nullable Integer forks,
        @Nullable Integer warmupIterations,
        @Nullable Integer iterations,
        @Nullable Integer minIterationMillis,
        @Nullable Profile profile) {

    static PlanSpec read(@Nullable Object tree, String pointer, Faults faults) {
        var fields = Fields.of(tree, pointer, faults);
        var mode = fields.word("mode", List.of(Mode.values()));
        var plan = new PlanSpec(
                Objects.requireNonNullElse(mode, Mode.MEASURE),
                fields.integer("forks", 1, 50),
                fields.integer("warmupIterations", 0, 100),
                fields.integer("iterations", 1, 1_000),
                fields.integer("minIterationMillis", 0, 60_000),
                fields.word("profile", List.of(Profile.values())));
        fields.end();
        return plan;
    }

    /// @param defaults of the plan's mode, or of work that happens once
    Plan orElse(Plan defaults) {
        return new Plan(
                mode,
                Objects.requireNonNullElse(forks, defaults.forks()),
                Objects.requireNonNullElse(warmupIterations, defaults.warmupIterations()),
                Objects.requireNonNullElse(iterations, defaults.iterations()),
                Objects.requireNonNullElse(minIterationMillis, defaults.minIterationMillis()),
                Objects.requireNonNullElse(profile, defaults.profile()));
    }
}
