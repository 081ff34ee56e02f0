package dyno.web;

import java.util.Collection;

/// One thing that is wrong with a request.
///
/// @param pointer RFC 6901 JSON Pointer from the root of the body, `/workload/chunkBytes`; `?limit` for a
///                query parameter
/// @param message field, value, bound
/// @param kind    decides the problem's code; not shown to clients
public record Violation(String pointer, String message, Kind kind) {

    public enum Kind {
        /// The body has a field that is not known.
        UNKNOWN_FIELD,
        /// Everything else.
        INVALID
    }

    public Violation(String pointer, String message) {
        this(pointer, message, Kind.INVALID);
    }

    /// A field that is not known, with the known one that looks most like it.
    ///
    /// @param pointer where the field stands
    /// @param name    the field
    /// @param known   what would have been known in its place
    public static Violation unknownField(String pointer, String name, Collection<String> known) {
        var message = "unknown field " + Shown.name(name)
                + Spelling.nearest(name, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
        return new Violation(pointer, message, Kind.UNKNOWN_FIELD);
    }
}
