package dyno.job;

import dyno.engine.FailureCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks that cases which must have the same output have the same digest, and the same metrics that their engine says
/// they share. On a mismatch all of them fail: which one is wrong cannot be told.
final class Agreement {

    private static final String DIGEST = "digest";

    private Agreement() {}

    /// What is compared, and among whom.
    private record Group(String what, String key) {}

    static void check(List<MeasuredCase> cases, CaseResults results) {
        var groups = new LinkedHashMap<Group, List<MeasuredCase>>();
        for (var measured : cases) {
            if (measured.failure() == null) {
                groupsOf(results.view(measured))
                        .forEach(group -> groups.computeIfAbsent(group, g -> new ArrayList<>())
                                .add(measured));
            }
        }
        groups.forEach((group, members) -> requireSame(group.what(), members));
    }

    private static List<Group> groupsOf(EngineView view) {
        var groups = new ArrayList<Group>();
        view.agreementKey().ifPresent(key -> groups.add(new Group(DIGEST, key)));
        view.agreeingMetrics().forEach((metric, key) -> groups.add(new Group(metric, key)));
        return groups;
    }

    private static void requireSame(String what, List<MeasuredCase> group) {
        var values = new LinkedHashMap<String, Object>();
        for (var measured : group) {
            var value = value(what, measured);
            if (value != null) {
                values.put(measured.name(), value);
            }
        }
        if (new HashSet<>(values.values()).size() > 1) {
            var message = "Cases that must agree in their %s do not: ".formatted(what)
                    + String.join(
                            ", ",
                            values.entrySet().stream()
                                    .map(entry -> entry.getKey() + " has " + entry.getValue())
                                    .toList());
            group.forEach(measured ->
                    measured.fail(FailureCode.VERIFICATION_FAILED, message, Map.of("differs", what, "values", values)));
        }
    }

    private static @Nullable Object value(String what, MeasuredCase measured) {
        return what.equals(DIGEST)
                ? measured.verification().orElseThrow().digest()
                : measured.metrics().get(what);
    }
}
