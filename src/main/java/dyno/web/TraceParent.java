package dyno.web;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The trace that a client's request belongs to.
///
/// ```text
/// 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
/// version  trace                      parent           flags
/// ```
///
/// @param traceId 32 hexadecimal digits, not all 0
/// @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
record TraceParent(String traceId) {

    static final String HEADER = "traceparent";

    /// Later versions may add to it, behind another dash.
    private static final Pattern FORM =
            Pattern.compile("(?!ff)([0-9a-f]{2})-((?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    /// Empty for what is none: the specification says to go on as if it had not come.
    static Optional<TraceParent> parse(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        var form = FORM.matcher(header.strip());
        boolean isSound =
                form.matches() && (form.group(3) == null || !form.group(1).equals("00"));
        return isSound ? Optional.of(new TraceParent(form.group(2))) : Optional.empty();
    }
}
