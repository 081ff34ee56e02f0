package dyno.environment;

import org.jspecify.annotations.Nullable;

/// Something that makes a run's figures less trustworthy.
///
/// @param code     the warning: `STEAL`, `LOADED_HOST`, …
/// @param grade    the best that a run with it can have
/// @param value    what was found: a number, or a word
/// @param limit    what it should have been at most (or at least, where few are bad) for a better grade
/// @param caseName where it was found; null where it is of the run as a whole
/// @param fork     0-based; null where it is not of one fork
/// @param detail   the sentence that says so
public record QualityFinding(
        String code,
        Grade grade,
        Object value,
        Object limit,
        @Nullable String caseName,
        @Nullable Integer fork,
        String detail) {}
