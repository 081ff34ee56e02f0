package dyno.job;

import dyno.engine.FailureCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Checks that cases which must have the same output have the same digest. On a mismatch all of them fail: which
/// one is wrong cannot be told.
final class Agreement {

    private Agreement() {}

    static void check(List<MeasuredCase> cases, CaseResults results) {
        var byKey = new LinkedHashMap<String, List<MeasuredCase>>();
        for (var measured : cases) {
            if (measured.failure() == null) {
                results.view(measured)
                        .agreementKey()
                        .ifPresent(key -> byKey.computeIfAbsent(key, k -> new ArrayList<>())
                                .add(measured));
            }
        }
        byKey.values().forEach(Agreement::requireSameDigest);
    }

    private static void requireSameDigest(List<MeasuredCase> group) {
        var digests = new LinkedHashMap<String, String>();
        for (var measured : group) {
            var digest = measured.verification().orElseThrow().digest();
            if (digest != null) {
                digests.put(measured.name(), digest);
            }
        }
        if (new HashSet<>(digests.values()).size() > 1) {
            var message = "Cases that must agree do not: "
                    + String.join(
                            ", ",
                            digests.entrySet().stream()
                                    .map(entry -> entry.getKey() + " has " + entry.getValue())
                                    .toList());
            group.forEach(
                    measured -> measured.fail(FailureCode.VERIFICATION_FAILED, message, Map.of("digests", digests)));
        }
    }
}
