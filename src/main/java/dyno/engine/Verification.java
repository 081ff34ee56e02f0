package dyno.engine;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether a trial's output is right, and its digest.
///
/// @param digest       `sha256:` and 64 lower-case hex digits; null with a reason where there is none
/// @param digestReason upper-case word that says why `digest` is null; null otherwise
/// @param checks       every check that ran, in order
public record Verification(
        @Nullable String digest, @Nullable String digestReason, List<Check> checks) {

    /// One check.
    ///
    /// @param name   as the engine's specification names it
    /// @param passed whether it held
    /// @param detail what differed, where and both values, when it failed; null when it passed
    public record Check(
            String name, boolean passed, @Nullable String detail) {

        public static Check passed(String name) {
            return new Check(name, true, null);
        }

        public static Check failed(String name, String detail) {
            return new Check(name, false, detail);
        }

        /// Passed where `difference` is null, else failed with it as the detail.
        public static Check of(String name, @Nullable String difference) {
            return new Check(name, difference == null, difference);
        }
    }

    public Verification {
        checks = List.copyOf(checks);
        if ((digest == null) == (digestReason == null)) {
            throw new IllegalArgumentException("A digest or the reason for its absence, not both or none");
        }
    }

    public boolean isPassed() {
        return checks.stream().allMatch(Check::passed);
    }

    /// What failed, one clause a check; empty when everything passed.
    public String differences() {
        return String.join(
                "; ",
                checks.stream()
                        .filter(check -> !check.passed())
                        .map(check -> check.name() + ": " + Objects.requireNonNullElse(check.detail(), "failed"))
                        .toList());
    }
}
