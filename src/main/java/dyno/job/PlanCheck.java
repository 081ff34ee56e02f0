package dyno.job;

import dyno.engine.Contradictions.Contradiction;
import dyno.measurement.Plan;
import dyno.measurement.Plan.Mode;
import dyno.measurement.Plan.Profile;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Violation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Completes a job's plan and lists every contradiction of plan and cases.
final class PlanCheck {

    private final JobSpec spec;
    private final Set<Violation> found = new LinkedHashSet<>();
    private final Set<Violation> ofThisNode = new LinkedHashSet<>();
    private final Set<Violation> beyondLimits = new LinkedHashSet<>();

    private PlanCheck(JobSpec spec) {
        this.spec = spec;
    }

    /// @throws ProblemException `invalid-workload` with all contradictions; where there are none, `resource-limit` with
    ///                          all that engines refuse for its size
    static Plan complete(JobSpec spec, List<BoundCase<?>> cases, LentDatabases databases) {
        var check = new PlanCheck(spec);
        cases.forEach(check::contradictions);
        cases.forEach(boundCase -> check.databases(boundCase, databases));
        var plan = check.plan(cases);
        check.throwIfAny();
        return plan;
    }

    private void contradictions(BoundCase<?> boundCase) {
        var contradictions = boundCase.contradictions();
        contradictions.found().forEach(one -> found.add(violation(boundCase, one)));
        contradictions.ofThisNode().forEach(one -> ofThisNode.add(violation(boundCase, one)));
        contradictions.beyondLimits().forEach(one -> beyondLimits.add(violation(boundCase, one)));
    }

    private Violation violation(BoundCase<?> boundCase, Contradiction contradiction) {
        var origin = new Origin(spec);
        return new Violation(
                origin.pointer(boundCase.draft(), contradiction.field()),
                origin.prefix(boundCase.draft()) + contradiction.message());
    }

    private void databases(BoundCase<?> boundCase, LentDatabases databases) {
        var origin = new Origin(spec);
        boundCase.databases().forEach((name, field) -> {
            if (!databases.has(name)) {
                found.add(new Violation(
                        origin.pointer(boundCase.draft(), field),
                        origin.prefix(boundCase.draft()) + field + " " + databases.missing(name)));
            }
        });
    }

    private Plan plan(List<BoundCase<?>> cases) {
        var given = spec.plan();
        for (var boundCase : cases) {
            if (!boundCase.isRepeatable()) {
                var why = new Origin(spec).prefix(boundCase.draft()) + "its effect stays, so it is measured once";
                requireOnly("forks", given.forks(), 1, why);
                requireOnly("warmupIterations", given.warmupIterations(), 0, why);
                requireOnly("iterations", given.iterations(), 1, why);
                requireOnly("minIterationMillis", given.minIterationMillis(), 0, why);
                requireNoProfile(given, why);
            }
        }
        if (given.mode() == Mode.SMOKE) {
            requireOnly("forks", given.forks(), 1, "a SMOKE job runs in the service's own JVM");
            requireNoProfile(given, "a SMOKE job runs in the service's own JVM");
        }
        boolean once = cases.stream().anyMatch(boundCase -> !boundCase.isRepeatable());
        return given.orElse(once ? Plan.once(given.mode()) : Plan.defaults(given.mode()));
    }

    /// A profile takes a fork of its own.
    private void requireNoProfile(PlanSpec given, String why) {
        if (given.profile() == Profile.JFR) {
            found.add(new Violation("/plan/profile", "profile is JFR, but %s; NONE".formatted(why)));
        }
    }

    private void requireOnly(String field, @Nullable Integer given, int only, String why) {
        if (given != null && given != only) {
            found.add(new Violation("/plan/" + field, "%s is %d, but %s; %d".formatted(field, given, why, only)));
        }
    }

    private void throwIfAny() {
        if (!found.isEmpty()) {
            var detail = found.size() == 1 ? "One contradiction" : found.size() + " contradictions";
            var problem = new ProblemException(ProblemCode.INVALID_WORKLOAD, detail, List.copyOf(found));
            throw ofThisNode.containsAll(found) ? problem.ofThisNode() : problem;
        }
        if (!beyondLimits.isEmpty()) {
            var detail = String.join(
                    "; ", beyondLimits.stream().map(Violation::message).toList());
            throw new ProblemException(ProblemCode.RESOURCE_LIMIT, detail, List.copyOf(beyondLimits));
        }
    }
}
